// Taps at doors, sent without leaving the page, and kept while the network is away. Without this script each door's form
// works by itself. A waiting tap lives in localStorage, bound to seat and year: another person on the same phone never sends it.
// The server does a tap once however often it comes: it carries what is wished and the revision it saw.
(() => {
  "use strict";
  const doors = document.querySelector("[data-doors]");
  const line = document.querySelector("[data-waiting]");
  if (!doors || !line) return;
  const { doors: seat, year, give, take } = doors.dataset;
  const KEY = `cua.${seat}.${year}`;
  const UNDO = { [give]: take, [take]: give };
  const WHY = { vang: "absent", "tu-choi": "refused", "di-xa": "away", "bo-ly-do": null };
  const WHY_WORDS = { absent: "Vắng", refused: "Từ chối", away: "Đi làm xa" };

  // The queue is read anew for every step, since another tab may have sent or added something meanwhile.
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return { taps: kept?.taps ?? [], review: kept?.review ?? [] };
    } catch {
      return { taps: [], review: [] };
    }
  };
  const write = (queue) => {
    if (queue.taps.length || queue.review.length) localStorage.setItem(KEY, JSON.stringify(queue));
    else localStorage.removeItem(KEY);
  };
  const change = (how) => {
    const queue = read();
    how(queue);
    write(queue);
    return queue;
  };
  try {
    write(read());
  } catch {
    return; // nothing can be kept here: a tap goes as its own form does
  }

  const loaded = Date.now();
  // The day in Viet Nam by the program's clock: a phone's own may be wrong, and a waiting tap belongs to its own day.
  const today = () => {
    const now = Number(doors.dataset.clock) + (Date.now() - loaded) + 7 * 3600 * 1000;
    return new Date(now).toISOString().slice(0, 10);
  };

  // A door as it is drawn.
  const rowOf = (code) => document.getElementById(`ho-${code}`);
  const stateOf = (row) => {
    const button = row.querySelector("form > button[name=ghi]");
    const signed = button.value === take;
    return {
      signed,
      time: signed ? button.querySelector(".n").textContent : null,
      why: row.querySelector("[data-why]").dataset.why || null,
    };
  };
  const nameOf = (row) => row.querySelector("a").firstChild.textContent.trim();
  const plateOf = (row) => row.querySelector(".plate").textContent.trim();
  const part = (name) => document.querySelector(`template[data-${name}]`).content.cloneNode(true);
  const doneWords = part("open").textContent.trim();

  const draw = (row, { signed, time, why }) => {
    const button = row.querySelector("form > button[name=ghi]");
    const name = nameOf(row);
    button.classList.toggle("btn--done", signed);
    button.value = signed ? take : give;
    button.replaceChildren(part(signed ? "signed" : "open"));
    if (signed) button.querySelector(".n").textContent = time ?? "Đã ghi";
    const said = signed ? `${time ?? "vừa ghi"}, ${doneWords.toLowerCase()}: ${name}. Bấm để bỏ` : `${doneWords}: ${name}`;
    button.setAttribute("aria-label", said);
    const reason = row.querySelector("[data-why]");
    reason.dataset.why = why ?? "";
    reason.textContent = why ? WHY_WORDS[why] : "";
    const details = row.querySelector("details.why");
    if (details) {
      details.hidden = signed;
      for (const choice of details.querySelectorAll("[aria-pressed]")) {
        choice.setAttribute("aria-pressed", String(WHY[choice.value] === why));
      }
    }
  };

  // The counts of the page follow each tap; an answer of the server puts them right.
  const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");
  const sum = document.querySelector("[data-sum]");
  const showSum = (done, of, words) => {
    sum.dataset.sum = done;
    sum.dataset.of = of;
    // As the program writes it: a share that is not whole is never rounded up to a whole percent.
    const nearest = of ? Math.floor((done * 2000 + of) / (of * 2)) : 0;
    const permille = nearest % 10 === 0 && nearest * of > done * 1000 ? nearest - 1 : nearest;
    const percent = done === of ? "100%" : done === 0 ? "0%" : `${Math.floor(permille / 10)},${permille % 10}%`;
    const rest = done < of ? `(${percent}), còn ${number(of - done)}` : `(${percent})`;
    sum.querySelector("b").textContent = words?.big ?? `${number(done)}/${number(of)} hộ`;
    sum.querySelector(".sum span").textContent = words?.rest ?? rest;
    const bar = sum.querySelector("progress");
    bar.max = of;
    bar.value = done;
    bar.textContent = `${done}/${of}`;
    for (const count of document.querySelectorAll("[data-count]")) {
      count.textContent = number(count.dataset.count === "done" ? done : of - done);
    }
    if (!words) return;
    const reasons = document.querySelector("[data-reasons]");
    reasons.hidden = !words.reasons;
    reasons.querySelector("span").textContent = words.reasons.toLowerCase();
  };
  const count = (row, by) => {
    if (!by) return;
    showSum(Number(sum.dataset.sum) + by, Number(sum.dataset.of));
    const stretch = row?.closest("section").querySelector("[data-stretch]");
    if (!stretch) return;
    stretch.dataset.stretch = Number(stretch.dataset.stretch) - by;
    stretch.textContent = stretch.textContent.replace(/[\d.]+(?=\/)/, stretch.dataset.stretch);
  };
  const show = (row, to) => {
    const before = stateOf(row);
    draw(row, to);
    count(row, Number(to.signed) - Number(before.signed));
  };
  const after = (state, wish) => {
    if (wish === give) return { signed: true, time: null, why: null };
    if (wish === take) return { signed: false, time: null, why: state.why };
    return { ...state, why: WHY[wish] };
  };
  const marks = (wish) => (wish === give ? 1 : wish === take ? -1 : 0);

  // The line that lists what waits, and what a person has to look at again.
  let trouble = "";
  let sent = 0;
  const words = ({ signed, why }) => (signed ? doneWords.toLowerCase() : why ? WHY_WORDS[why].toLowerCase() : "chưa ghi");
  // A queue outlives the page: it holds the number of a door and of a household, and nobody's name.
  const place = ({ code, plate }) => {
    const link = document.createElement("a");
    link.href = rowOf(code) ? `#ho-${code}` : `?tim=${encodeURIComponent(code)}&to=${code.split("-")[0]}`;
    link.textContent = `${plate}, hộ ${code.split("-").pop()}`;
    return link;
  };
  const list = (label, items, tell) => {
    const details = document.createElement("details");
    details.open = line.querySelector("details")?.open ?? false;
    const summary = document.createElement("summary");
    summary.textContent = label;
    const ul = document.createElement("ul");
    ul.setAttribute("role", "list");
    for (const item of items) {
      const li = document.createElement("li");
      li.append(place(item), `: ${tell(item)}`);
      ul.append(li);
    }
    details.append(summary, ul);
    return details;
  };
  const tell = () => {
    const { taps, review } = read();
    const pieces = [];
    const say = (text, more) => {
      const b = document.createElement("b");
      b.textContent = text;
      pieces.push(b, ...[more].flat().filter(Boolean));
    };
    if (taps.length) {
      const n = taps.length;
      let more = trouble && list("Các hộ đang chờ", taps, (tap) => words(after({ signed: false, why: null }, tap.wish)));
      if (trouble === "net") say(`Mất mạng: ${n} hộ đang chờ gửi. Cứ ghi tiếp.`, more);
      else if (trouble === "kept") say(`Đang gửi ${n} hộ đã ghi lúc mất mạng.`);
      else if (trouble === "busy") say(`Máy chủ bận: ${n} hộ đang chờ gửi. Cứ ghi tiếp.`, more);
      else if (trouble === "session") {
        const link = document.createElement("a");
        link.href = location.href.split("#")[0];
        link.textContent = "Đăng nhập lại để gửi";
        more = [link, more];
        say(`Máy đã khóa: ${n} hộ còn giữ ở đây, chưa gửi.`, more);
      }
    } else if (sent) {
      say(`Đã gửi xong ${sent} hộ.`);
    }
    if (review.length) {
      say(`${review.length} hộ cần xem lại.`, list("Hộ nào", review, (one) => one.said));
    }
    line.replaceChildren(...pieces);
    line.hidden = !pieces.length;
    line.classList.toggle("is-good", !taps.length && !review.length);
    line.classList.toggle("is-soon", taps.length > 0 || review.length > 0);
    for (const row of doors.querySelectorAll(".door")) {
      const code = row.id.slice(3);
      row.classList.toggle("is-waiting", taps.some((tap) => tap.code === code));
      const again = review.find((one) => one.code === code);
      row.classList.toggle("is-review", Boolean(again));
      let note = row.querySelector("[data-again]");
      if (again && !note) {
        note = document.createElement("span");
        note.dataset.again = "";
        note.className = "xs";
        row.querySelector("a").append(note);
      }
      if (again) note.textContent = `Cần xem lại. ${again.said}`;
      else note?.remove();
    }
  };

  // Sending, in order, one at a time.
  let running = false;
  let timer;
  let wait = 2000;
  const later = (why) => {
    trouble = why;
    clearTimeout(timer);
    if (why !== "session") timer = setTimeout(flush, wait);
    wait = Math.min(wait * 2, 60000);
  };
  const settle = (tap, answer) => {
    const queue = change((queue) => {
      queue.taps = queue.taps.filter((one) => one.id !== tap.id);
      // What waits for the same door was tapped on what this one made of it.
      for (const one of queue.taps) if (one.code === tap.code) one.revision = answer.revision ?? one.revision;
    });
    const row = rowOf(tap.code);
    const waiting = queue.taps.filter((one) => one.code === tap.code);
    if (row && answer.revision) {
      row.querySelector("[name=_phien_ban]").value = answer.revision;
      if (!waiting.length) draw(row, answer);
    }
    if (answer.sum) {
      const open = queue.taps.reduce((n, one) => n + marks(one.wish), 0);
      const stretch = row?.querySelector("[name=_phien_ban]") && row.closest("section").querySelector("[data-stretch]");
      if (stretch && !waiting.length && answer.signed !== tap.expects) {
        const by = Number(answer.signed) - Number(tap.expects);
        stretch.dataset.stretch = Number(stretch.dataset.stretch) - by;
        stretch.textContent = stretch.textContent.replace(/[\d.]+(?=\/)/, stretch.dataset.stretch);
      }
      showSum(answer.sum.done + open, answer.sum.of, open ? undefined : answer.sum);
    }
  };
  const review = (tap, said) =>
    change((queue) => {
      queue.review = queue.review.filter((one) => one.code !== tap.code);
      queue.review.push({ code: tap.code, plate: tap.plate, said });
    });
  const mine = (tap) => words(after({ signed: false, why: null }, tap.wish));

  // Gives whether the next tap may go.
  const send = async (tap) => {
    change((queue) => queue.taps.forEach((one) => one.id === tap.id && (one.tried = true)));
    const body = new URLSearchParams({
      _vai: seat, _phien_ban: tap.revision, nam: year, ma: tap.code, ghi: tap.wish, ngay: tap.day, cach: "door",
    });
    const gone = new AbortController();
    const limit = setTimeout(() => gone.abort(), 20000);
    let response, answer;
    try {
      response = await fetch(tap.url, {
        method: "POST", body, keepalive: true, redirect: "manual", credentials: "same-origin", signal: gone.signal,
        headers: { accept: "application/json" },
      });
      const isWords = (response.headers.get("content-type") ?? "").startsWith("application/json");
      answer = isWords ? await response.json() : null;
    } catch {
      later("net");
      return false;
    } finally {
      clearTimeout(limit);
    }
    // Signed out, or signed in elsewhere in another seat: what was tapped waits for its own.
    const isElsewhere = (response.ok || response.status === 409) && !answer;
    if (response.type === "opaqueredirect" || response.status === 401 || isElsewhere) {
      later("session");
      return false;
    }
    if (response.status >= 500 || response.status === 429) {
      later("busy");
      return false;
    }
    wait = 2000;
    if (trouble) sent += 1;
    if (response.ok) {
      settle(tap, answer);
    } else if (response.status === 409 && answer?.revision) {
      review(tap, `Ông/bà ghi ${mine(tap)}, trong sổ là ${words(answer)}. Bấm lại nếu sổ chưa đúng.`);
      settle(tap, answer);
    } else {
      const why = typeof answer === "string" ? answer : "Máy chủ không nhận. Mở lại trang rồi ghi lại.";
      review(tap, `Chưa ghi được: ${mine(tap)}. ${why}`);
      const row = rowOf(tap.code);
      if (row) show(row, tap.before);
      settle(tap, {});
    }
    return true;
  };
  const work = async () => {
    if (running) return;
    running = true;
    clearTimeout(timer);
    try {
      for (let [tap] = read().taps; tap; [tap] = read().taps) {
        const goes = await send(tap);
        tell();
        if (!goes) return;
      }
      trouble = "";
    } finally {
      running = false;
      tell();
    }
  };
  // Two tabs of one seat take turns.
  const flush = () => (navigator.locks ? navigator.locks.request(KEY, work) : work());

  const tap = (form, wish) => {
    const row = form.closest(".door");
    const code = row.id.slice(3);
    const before = stateOf(row);
    let cancels = false;
    change((queue) => {
      queue.review = queue.review.filter((one) => one.code !== code);
      const last = queue.taps.findLast((one) => one.code === code);
      // A tap and its undo that were both never on their way are nothing.
      cancels = Boolean(last && !last.tried && UNDO[last.wish] === wish);
      if (cancels) {
        queue.taps = queue.taps.filter((one) => one !== last);
        show(row, last.before);
        return;
      }
      const to = after(before, wish);
      queue.taps.push({
        id: crypto.randomUUID?.() ?? `${Date.now()}${Math.random()}`,
        url: form.getAttribute("action"), code, plate: plateOf(row), wish, before, expects: to.signed,
        revision: form.elements._phien_ban.value, day: doors.dataset.day ?? today(),
      });
      show(row, to);
    });
    if (!read().taps.length) trouble = "";
    else if (!trouble) sent = 0;
    row.querySelector("details.why")?.removeAttribute("open");
    tell();
    if (!cancels) flush();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest(".door") || !event.submitter?.value) return;
    event.preventDefault();
    tap(form, event.submitter.value);
  });
  addEventListener("online", () => {
    wait = 2000;
    flush();
  });
  // A phone taken out of the pocket again.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && read().taps.length) flush();
  });
  addEventListener("offline", () => {
    if (read().taps.length) later("net");
    tell();
  });
  addEventListener("storage", (event) => event.key === KEY && tell());

  // What waited while the page was closed: its rows show it, and it goes now.
  for (const one of read().taps) {
    const row = rowOf(one.code);
    if (row) show(row, after(stateOf(row), one.wish));
    else count(null, marks(one.wish));
  }
  if (read().taps.length) trouble = navigator.onLine ? "kept" : "net";
  tell();
  flush();
})();
