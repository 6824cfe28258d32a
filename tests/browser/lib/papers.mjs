// The papers and pictures that people upload: real files, made on the spot by the browser itself.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

const paper = (title, lines) => `<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>${title}</title>
  <body style="font: 14pt serif"><p style="text-align: center"><b>${title}</b></p>${lines.map((line) => `<p>${line}</p>`).join("")}</body></html>`;

const picture = `<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Ảnh</title><body style="margin: 0">
  <svg width="640" height="480" viewBox="0 0 64 48"><rect width="64" height="48" fill="#8fb6c9"/><path d="M0 34h64v14H0z" fill="#7a6f5d"/>
  <path d="M8 34V20l12-9 12 9v14z" fill="#c98f5a"/><path d="M36 34V22l9-7 9 7v12z" fill="#b3574a"/><circle cx="54" cy="8" r="4" fill="#f4dd8a"/></svg></body></html>`;

/** Makes the files of the year in `folder` and gives their paths by name. */
export async function makePapers(browser, folder) {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
  const at = (name) => path.join(folder, name);
  const pdf = async (name, title, ...lines) => {
    await page.setContent(paper(title, lines));
    await writeFile(at(name), await page.pdf({ format: "A4" }));
    return at(name);
  };
  const made = {
    resolution: await pdf("nghi-quyet-chi-bo.pdf", "NGHỊ QUYẾT", "Về bảo đảm an ninh, trật tự năm 2024", "Số 05-NQ/CB"),
    minutes: await pdf("bien-ban-hop-to.pdf", "BIÊN BẢN", "Cuộc họp đánh giá của Tổ dân phố 7, ngày 04/11/2024"),
  };
  await page.setContent(picture);
  made.photo = at("tuan-tra-dem.jpg");
  await writeFile(made.photo, await page.screenshot({ type: "jpeg", quality: 80 }));
  await page.close();
  return made;
}
