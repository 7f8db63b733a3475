// The keyboard map. Single keys never fire while somebody types, and a person can turn them off (WCAG 2.1.4).
const GO_TO = { s: "/", r: "/receive/", w: "/watch-list/", b: "/board/" };
const CHORD_MS = 1200;
const sheet = document.getElementById("keys");
const on = document.body.dataset.keys !== "off";
let chord = 0;

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

function items() {
  return [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);
}

// The next or the previous item of the page's lists; from nowhere, the first or the last.
function move(step) {
  const list = items();
  if (!list.length) return;
  const here = list.indexOf(document.activeElement);
  const from = here < 0 && step < 0 ? list.length : here;
  list[Math.max(0, Math.min(list.length - 1, from + step))].focus();
}

function focusSearch() {
  const field = document.getElementById("q");
  if (field && field.offsetParent !== null) field.focus();
  else location.assign("/search/");
}

const KEYS = {
  "/": focusSearch,
  "?": () => sheet?.showModal(),
  h: () => location.assign("/handovers/new/"),
  g: () => { chord = Date.now() + CHORD_MS; },
  j: () => move(1),
  k: () => move(-1),
};

document.addEventListener("keydown", (event) => {
  const field = typing(event.target);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.form ?? event.target.closest("form");
    const button = form?.querySelector("[data-send]");
    if (form && !button?.disabled) form.requestSubmit(button);
    return;
  }
  if (event.key === "Escape") {
    document.querySelector("details.more[open], details.teams[open]")?.removeAttribute("open");
    if (field) field.blur();
    return;
  }
  if (!on || field || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const inChord = Date.now() < chord;
  chord = 0;
  const act = inChord ? GO_TO[event.key] && (() => location.assign(GO_TO[event.key])) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) sheet?.showModal();
  if (event.target.closest("[data-print]")) print();
});
for (const button of document.querySelectorAll("[data-keys-open]")) button.hidden = !on;
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
