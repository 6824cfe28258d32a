// One key per criterion for who judges many: 1, 2, 3 conclude, 4 sends back, arrows go to the cells around. Everything works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keys]");
  const choices = form ? [...form.querySelectorAll("button[name=ket-luan]")] : [];
  const note = form?.querySelector("textarea");
  const hint = document.querySelector("[data-keys-hint]");
  if (hint) hint.hidden = false;
  // The choice that waits for its reason.
  let waiting = null;
  const isTyping = (at) => at.isContentEditable || at.matches?.("textarea, select, input:not([type=checkbox])");
  const conclude = (choice) => {
    // What is not met, or otherwise than computed, says why: the pen goes there instead of a sentence coming back.
    if ("asks" in choice.dataset && note && !note.value.trim()) {
      waiting = choice;
      note.focus();
    } else form.requestSubmit(choice);
  };
  for (const reason of document.querySelectorAll("[data-canned]")) {
    reason.hidden = false;
    reason.addEventListener("click", () => {
      note.value = note.value.trim() ? `${note.value.trim()} ${reason.textContent}` : reason.textContent;
      note.focus();
    });
  }
  const send = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target !== note || !waiting) return;
    event.preventDefault();
    form.requestSubmit(waiting);
  };
  const turn = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat || isTyping(event.target)) return;
    const choice = choices[Number(event.key) - 1];
    if (choice) {
      event.preventDefault();
      conclude(choice);
      return;
    }
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const way = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`) ?? (rel && document.querySelector(`a[rel=${rel}]`));
    if (way) {
      event.preventDefault();
      way.click();
    }
  };
  document.addEventListener("keydown", (event) => {
    send(event);
    turn(event);
  });
})();
