// The preview beside the form of a button follows what is typed. Without this file it follows at the press of a button.
"use strict";

(() => {
  const form = document.querySelector("form[data-button]");
  const mine = form && form.querySelector("[data-mine]");
  if (!mine) return;
  const [surface, language] = form.elements.namedItem("preview").value.split(":");
  const fields = (name) => [...form.querySelectorAll("input")].filter((field) => field.name === name);
  const text = (name) => fields(name).map((field) => field.value.trim()).find(Boolean);
  const ticked = (name, value) => fields(name).some((field) => field.checked && field.value === value);
  const any = () =>
    [...form.querySelectorAll("input[name^='title-']")].map((field) => field.value.trim()).find(Boolean);

  const follow = () => {
    const item = mine.querySelector(".menu-item");
    item.querySelector("bdi").textContent =
      text(`title-${language}`) || text("title-sv") || any() || text("id") || form.dataset.button;
    item.classList.toggle("primary", ticked("leads-to", "new_message"));
    mine.hidden = !(ticked("active", "on") && ticked("shown-in", surface));
    const shown = [...mine.parentElement.children].some((other) => !other.hidden);
    form.querySelector(".screen .empty").hidden = shown;
  };
  form.addEventListener("input", follow);
})();
