// Nothing here is needed: every page works without it. It keeps a chosen scheme, guards against a second press,
// brings the reader to the errors, and copies text.
(() => {
  "use strict";
  const root = document.documentElement;
  const KEY = "nen";
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be forbidden; then the device decides
    }
  };
  const applyTheme = (light) => {
    if (light) root.dataset.theme = "light";
    else delete root.dataset.theme;
  };
  applyTheme(stored() === "sang"); // before the first paint

  const setUpTheme = () => {
    const button = document.querySelector("[data-theme-switch]");
    // On a light device there is nothing to choose.
    const dark = matchMedia("(prefers-color-scheme: dark)");
    if (!button) return;
    const show = () => {
      const light = root.dataset.theme === "light";
      button.hidden = !dark.matches && !light;
      button.setAttribute("aria-pressed", String(light));
    };
    button.addEventListener("click", () => {
      const light = root.dataset.theme !== "light";
      applyTheme(light);
      try {
        if (light) localStorage.setItem(KEY, "sang");
        else localStorage.removeItem(KEY);
      } catch {
        /* chosen for this page only */
      }
      show();
    });
    dark.addEventListener("change", show);
    show();
  };

  // A form goes once. The button is marked, not disabled: a disabled one would not send its own name.
  const sent = new Map();
  const release = (form) => {
    const held = sent.get(form);
    if (!held) return;
    clearTimeout(held.timer);
    held.button?.removeAttribute("aria-busy");
    sent.delete(form);
  };
  const setUpSubmit = () => {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      const target = event.submitter?.formTarget || form.target;
      if (event.defaultPrevented || target === "_blank") return;
      if (sent.has(form)) {
        event.preventDefault();
        return;
      }
      const button = event.submitter;
      button?.setAttribute("aria-busy", "true");
      // A download does not leave the page, and a network may give up: after a while the press counts again.
      sent.set(form, { button, timer: setTimeout(() => release(form), 15000) });
    });
    // Coming back with the Back button finds the page as it was left.
    addEventListener("pageshow", () => [...sent.keys()].forEach(release));
  };

  const setUpCopy = () => {
    for (const button of document.querySelectorAll("[data-copy]")) {
      const source = document.getElementById(button.dataset.copy);
      if (!source) continue;
      const label = button.querySelector("[data-copy-label]") || button;
      const before = label.textContent;
      let timer;
      const say = (words) => {
        label.textContent = words;
        clearTimeout(timer);
        timer = setTimeout(() => (label.textContent = before), 4000);
      };
      button.hidden = false;
      button.addEventListener("click", async () => {
        const text = "value" in source ? source.value : source.innerText;
        try {
          await navigator.clipboard.writeText(text);
          say("Đã sao chép");
        } catch {
          // No clipboard without HTTPS: mark the text so that one long press copies it.
          if ("select" in source) source.select();
          else getSelection().selectAllChildren(source);
          say("Đã bôi đen, bấm giữ để chép");
        }
      });
    }
  };

  // A file that only leads to a preview is sent as soon as it is chosen; the hint beside it says so.
  const setUpChoice = () => {
    for (const input of document.querySelectorAll("form[data-send-on-choice] input[type=file]")) {
      input.addEventListener("change", () => input.files.length && input.form.requestSubmit());
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    setUpChoice();
    setUpTheme();
    setUpSubmit();
    setUpCopy();
    document.querySelector(".errsum")?.focus();
  });
})();
