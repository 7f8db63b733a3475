// The week's grid: arrow keys move between its boxes, and the number of changes that are not saved is said.
// Without script every box is reached by Tab and ticked by space, and the week is saved by its button.
const table = document.querySelector("table[data-week]");
const count = document.querySelector("[data-week-count]");
const button = document.querySelector(".wk-bar button[type=submit] span");
const general = button?.textContent;

function boxes(cell) {
  return [...cell.querySelectorAll("input[type=checkbox]")];
}

// The next cell with a box, from here in one direction.
function beyond(cell, rows, columns) {
  let row = cell.parentElement;
  let index = cell.cellIndex;
  for (;;) {
    index += columns;
    if (rows) row = rows > 0 ? row.nextElementSibling : row.previousElementSibling;
    const found = row?.cells[index];
    if (!found || index < 1) return null;
    if (boxes(found).length) return found;
  }
}

function target(box, key) {
  const cell = box.closest("td");
  const own = boxes(cell);
  const place = own.indexOf(box);
  if (key === "ArrowDown" || key === "ArrowUp") {
    const step = key === "ArrowDown" ? 1 : -1;
    if (own[place + step]) return own[place + step];
    const next = beyond(cell, step, 0);
    return next && (step > 0 ? boxes(next)[0] : boxes(next).at(-1));
  }
  const next = beyond(cell, 0, key === "ArrowRight" ? 1 : -1);
  return next && (boxes(next)[place] || boxes(next).at(-1));
}

table?.addEventListener("keydown", (event) => {
  if (!event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey || !event.target.matches("input[type=checkbox]")) return;
  event.preventDefault();
  target(event.target, event.key)?.focus();
});

table?.addEventListener("change", () => {
  const changed = [...table.querySelectorAll("input[type=checkbox]")].filter((box) => box.checked !== box.defaultChecked).length;
  const words = changed ? `${changed} ${changed === 1 ? "change" : "changes"} not saved` : "";
  if (count) count.textContent = words;
  if (button) button.textContent = changed ? `${general.trim()}, ${changed} ${changed === 1 ? "change" : "changes"}` : general;
});
