// Pictures are made smaller on the phone (which leaves behind where they were taken), sent piece by piece, and go on where they were when
// the network comes back. Without this script the form sends the file as it is.
(() => {
  "use strict";
  const SIDE = 1600;
  const PIECE = 128 * 1024;

  // When it was taken, by EXIF: JPEG segment E1, its list of tags, DateTimeOriginal.
  const takenAt = (view) => {
    try {
      let at = 2;
      while (view.getUint16(at) !== 0xffe1 || view.getUint32(at + 4) !== 0x45786966) {
        if (view.getUint8(at) !== 0xff || view.getUint8(at + 1) === 0xda) return "";
        at += 2 + view.getUint16(at + 2);
      }
      const tiff = at + 10;
      const little = view.getUint16(tiff) === 0x4949;
      const long = (place) => view.getUint32(tiff + place, little);
      const find = (list, tag) => {
        const word = (place) => view.getUint16(tiff + place, little);
        for (let n = word(list), entry = list + 2; n > 0; n -= 1, entry += 12) if (word(entry) === tag) return long(entry + 8);
        throw new RangeError();
      };
      const place = tiff + find(find(long(4), 0x8769), 0x9003);
      const text = String.fromCharCode(...new Uint8Array(view.buffer, place, 19));
      const [, year, month, day, time] = /^(20\d\d):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
      return `${year}-${month}-${day}T${time}`;
    } catch {
      return ""; // damaged, or none
    }
  };

  // What the browser cannot draw goes as it is.
  const shrunk = async (file, show) => {
    if (!file.type.startsWith("image/")) return file;
    try {
      const picture = await createImageBitmap(file);
      const drawn = (side) => {
        const scale = Math.min(1, side / Math.max(picture.width, picture.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        return canvas;
      };
      show(drawn(96));
      const blob = await new Promise((done) => drawn(SIDE).toBlob(done, "image/jpeg", 0.8));
      return blob ? new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: blob.type }) : file;
    } catch {
      return file;
    }
  };

  // Asks until there is an answer: a lost network is a pause, no failure.
  const ask = async (path, options, say) => {
    for (let pause = 1000; ; pause = Math.min(pause * 2, 30000)) {
      try {
        const answer = await fetch(path, options);
        if (answer.status < 500) return answer;
      } catch {
        // the network is away
      }
      say("Mất mạng, chờ gửi tiếp");
      await new Promise((done) => {
        setTimeout(done, pause);
        addEventListener("online", done, { once: true });
      });
    }
  };
  const failure = async (answer) => {
    if (answer.status === 401) return new Error("máy đã khóa. Tải lại trang để đăng nhập, rồi chọn lại.");
    const said = answer.status === 422 ? await answer.json().catch(() => "") : "";
    return new Error(said || "chưa gửi được. Tải lại trang rồi chọn lại.");
  };

  const send = async (file, taken, form, purpose, say, bar) => {
    const body = new URLSearchParams({ _vai: form.elements._vai.value, ten: file.name, co: file.size, cho: purpose, "chup-luc": taken });
    const begun = await ask("/tai-len", { method: "POST", body }, say);
    if (!begun.ok) throw await failure(begun);
    const { id } = await begun.json();
    for (let at = 0; at < file.size; ) {
      say("Đang gửi");
      bar.value = at / file.size;
      const answer = await ask(`/tai-len/${id}?tu=${at}`, { method: "POST", body: file.slice(at, at + PIECE) }, say);
      // A piece whose answer was lost comes twice: the second time is told where to go on.
      if (!answer.ok && answer.status !== 409) throw await failure(answer);
      at = (await answer.json()).received;
    }
    return id;
  };

  // One file, as a line of its own; gives whether it came through.
  const take = async (file, input) => {
    const form = input.form;
    const line = document.createElement("p");
    line.className = "row";
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.append(words, bar);
    form.querySelector("[data-photo-list]").append(line);
    const say = (text) => {
      words.textContent = `${text}: ${file.name}`;
    };
    try {
      say("Đang thu nhỏ");
      const taken = takenAt(new DataView(await file.slice(0, PIECE).arrayBuffer()));
      const small = await shrunk(file, (canvas) => line.prepend(canvas));
      const day = form.elements[input.dataset.photoDay];
      if (taken && day && !day.value) day.value = taken.slice(0, 10).split("-").reverse().map(Number).join("/");
      const id = await send(small, taken, form, input.dataset.photo, say, bar);
      line.append(Object.assign(document.createElement("input"), { type: "hidden", name: "da-tai", value: id }));
      say(input.dataset.photoSave ? "Đang lưu" : "Đã gửi, bấm Lưu để giữ");
      return true;
    } catch (error) {
      words.textContent = `${file.name}: ${error.message}`;
      line.classList.add("err");
      return false;
    } finally {
      bar.remove();
    }
  };

  // Saves what came through, and puts what the server draws now in the place of what stood here.
  const save = async (input) => {
    const form = input.form;
    const lines = form.querySelectorAll("[data-photo-list] p");
    const say = (text) => lines.forEach((line) => (line.querySelector("span").textContent = text));
    const data = new FormData(form);
    data.delete(input.name);
    const answer = await ask(input.dataset.photoSave, { method: "POST", body: data }, say);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) {
      say(page.querySelector(".errsum li, main h1")?.textContent.trim() ?? "Chưa lưu được");
      return;
    }
    for (const id of input.dataset.photoInto.split(" ")) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id).replaceWith(fresh);
    }
    say("Đã lưu");
    for (const held of form.querySelectorAll("[name=da-tai]")) held.remove();
    for (const name of [input.dataset.photoDay, "giay"]) if (form.elements[name]) form.elements[name].value = "";
  };

  for (const input of document.querySelectorAll("input[type=file][data-photo]")) {
    const form = input.form;
    let working = false;
    let waiting = null;
    input.addEventListener("change", async () => {
      if (!input.files.length) return;
      working = true;
      const came = [];
      for (const file of [...input.files]) came.push(await take(file, input));
      // Where nothing came through, the files stay chosen: the form can still send them whole.
      if (came.some(Boolean)) {
        input.value = "";
        if (input.dataset.photoSave) await save(input);
      }
      working = false;
      if (waiting) form.requestSubmit(waiting);
    });
    form.addEventListener("submit", (event) => {
      if (!working) return;
      event.preventDefault();
      waiting = event.submitter;
      waiting?.setAttribute("aria-busy", "true");
    });
    for (const shown of form.querySelectorAll("[data-photo-show]")) shown.hidden = false;
    for (const button of form.querySelectorAll("[data-photo-send]")) button.hidden = true;
  }
  for (const hint of document.querySelectorAll("[data-photo-hint]")) hint.hidden = false;
})();
