// Cards of the board move to another column: by mouse, or with the space bar, arrows and Enter.
// Letting go leads to the page of that step; nothing changes before that page is sent. Without this file the links do it.
"use strict";

let picked = null; // the card under way
let over = null; // the column it would land in
let byMouse = false;

const boardOf = (card) => card.closest("[data-board]");
const columnsOf = (board) => [...board.querySelectorAll("[data-column]")];
const nameOf = (column) => column.querySelector("h2").firstChild.textContent.trim();
const own = () => picked.closest("[data-column]");

const say = (text) => {
  if (picked) document.getElementById(boardOf(picked).dataset.says).textContent = text;
};
const leadsTo = (column) =>
  boardOf(picked).dataset.moves.split(" ").includes(`${own().dataset.column}>${column.dataset.column}`);

const pick = (card) => {
  picked = card;
  const board = boardOf(card);
  board.classList.add("is-moving");
  card.classList.add("is-picked");
  for (const column of columnsOf(board)) column.classList.toggle("is-closed", column !== own() && !leadsTo(column));
};
const mark = (column) => {
  if (over === column) return;
  over?.classList.remove("is-over");
  over = column;
  over?.classList.add("is-over");
};
const leave = () => {
  if (!picked) return;
  const board = boardOf(picked);
  mark(null);
  picked.classList.remove("is-picked");
  board.classList.remove("is-moving");
  for (const column of columnsOf(board)) column.classList.remove("is-closed");
  picked = null;
};
const land = () => {
  const column = over;
  if (!column || column === own()) return leave();
  const page = boardOf(picked).dataset.board.replace("/0/", `/${picked.dataset.card}/`);
  location.assign(`${page}?naar=${column.dataset.column}`);
};

const prepare = (root) => {
  for (const card of root.querySelectorAll("[data-board] [data-card]")) {
    card.draggable = true;
    for (const link of card.querySelectorAll("a")) link.draggable = false;
  }
};
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement || document));

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card) return;
  leave();
  byMouse = true;
  pick(card);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.card);
});
document.addEventListener("dragover", (event) => {
  const column = picked && event.target.closest?.("[data-column]");
  if (!column) return;
  event.preventDefault();
  mark(column);
});
document.addEventListener("drop", (event) => {
  if (!picked) return;
  event.preventDefault();
  land();
});
document.addEventListener("dragend", () => {
  leave();
  byMouse = false;
});

const step = (by) => {
  const columns = columnsOf(boardOf(picked));
  const at = columns.indexOf(over || own());
  const next = columns[Math.min(columns.length - 1, Math.max(0, at + by))];
  mark(next);
  const board = boardOf(picked).dataset;
  say(`${next === own() || leadsTo(next) ? board.over : board.closed} ${nameOf(next)}`);
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
};
document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.(".board-card-name")?.closest("[data-card]");
  if (!card) return;
  if (event.key === " ") {
    event.preventDefault();
    if (picked) return leave();
    pick(card);
    return say(boardOf(card).dataset.picked);
  }
  if (picked !== card) return;
  const ways = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (event.key in ways) {
    event.preventDefault();
    step(ways[event.key]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    land();
  } else if (event.key === "Escape") {
    say(boardOf(card).dataset.left);
    leave();
  }
});
document.addEventListener("focusout", () => {
  if (!byMouse) leave();
});
