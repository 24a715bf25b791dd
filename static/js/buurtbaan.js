// Small help around the page. Every page works without it.
"use strict";

// "/" brings you to the search box of the page, or else of the header.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const boxes = [...document.querySelectorAll("main [type=search], [data-search]")];
  const box = boxes.find((one) => one.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Back to a list means the list as it was: the same filters, order and page. Kept by the tab, gone with it.
const LISTS = "buurtbaan-lists";
const lists = () => JSON.parse(sessionStorage.getItem(LISTS) || "{}");
if (document.querySelector("main .filter-bar")) {
  const remember = () => sessionStorage.setItem(LISTS, JSON.stringify({ ...lists(), [location.pathname]: location.search }));
  remember();
  document.addEventListener("htmx:pushedIntoHistory", remember);
}
for (const link of document.querySelectorAll("[data-back-to-list]")) link.search = lists()[link.pathname] || "";
document.addEventListener("submit", (event) => {
  if (event.target.action?.includes("/accounts/logout")) sessionStorage.removeItem(LISTS);
});

// A menu closes when you go elsewhere or press Escape.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Choosing something makes "weet ik nog niet" untrue, and the other way round.
document.addEventListener("change", (event) => {
  const set = event.target.closest("[data-may-be-unknown]");
  if (!set) return;
  const unknown = set.querySelector("[data-unknown]");
  const ticks = [...set.querySelectorAll("[data-tick]")];
  if (event.target === unknown) {
    if (unknown.checked) for (const tick of ticks) tick.checked = false;
  } else if (event.target.matches("[data-tick]") && event.target.checked && unknown) {
    unknown.checked = false;
  }
});

// Dayparts: a whole row or column at once.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-all]");
  if (!button) return;
  const set = button.closest("[data-may-be-unknown]");
  const [kind, number] = button.dataset.all.split(" ");
  const ticks = [...set.querySelectorAll(`[data-${kind}="${number}"]`)];
  const on = ticks.some((tick) => !tick.checked);
  for (const tick of ticks) tick.checked = on;
  ticks[0].dispatchEvent(new Event("change", { bubbles: true }));
});

// Words: filter as you type.
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-term-filter]")) return;
  const picker = event.target.closest(".term-picker");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const wanted = plain(event.target.value.trim());
  let left = 0;
  for (const chip of picker.querySelectorAll(".chip")) {
    const shown = plain(chip.textContent).includes(wanted) || chip.querySelector("input").checked;
    chip.hidden = !shown;
    if (shown) left += 1;
  }
  for (const group of picker.querySelectorAll(".term-group")) {
    group.hidden = !group.querySelector(".chip:not([hidden])");
    if (group.matches("details")) group.open = wanted ? !group.hidden : group.querySelector("input:checked") !== null;
  }
  picker.querySelector("[data-term-none]").hidden = left > 0;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-term-filter]")) event.preventDefault();
});

// What only makes sense with this file appears with it.
const unhide = (root) => {
  for (const part of root.querySelectorAll("[data-with-js]")) part.hidden = false;
};
unhide(document);
document.addEventListener("htmx:load", (event) => unhide(event.detail.elt));
