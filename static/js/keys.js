// One key per criterion for who judges many: 1, 2, 3 choose and save, arrows turn the page. Everything works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  const choices = [...form.querySelectorAll("input[type=radio]")];
  const note = form.querySelector("textarea");
  const hint = document.querySelector("[data-keys-hint]");
  if (hint) hint.hidden = false;
  const isTyping = (at) => at.isContentEditable || at.matches?.("textarea, select, input:not([type=radio])");
  const choose = (choice) => {
    choice.checked = true;
    // What is not met says why: the pen goes there instead of a sentence coming back.
    if (choice.value !== "met" && note && !note.value.trim()) note.focus();
    else form.requestSubmit(form.querySelector("[type=submit]"));
  };
  const send = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target !== note) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[type=submit]"));
  };
  const turn = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat || isTyping(event.target)) return;
    const choice = choices[Number(event.key) - 1];
    if (choice) {
      event.preventDefault();
      choose(choice);
      return;
    }
    // Among the choices the arrows move the choice, as everywhere.
    if (event.target.matches?.("input")) return;
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (way) document.querySelector(`a[rel=${way}]`)?.click();
  };
  document.addEventListener("keydown", (event) => {
    send(event);
    turn(event);
  });
})();
