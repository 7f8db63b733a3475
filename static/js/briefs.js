// Hand over: one brief at a time behind tabs, only those of the actions picked. Without script all stand one below the other.
const tabs = () => [...document.querySelectorAll("[data-brief-tab]")];
const parts = (key) => document.querySelectorAll(`[data-brief="${CSS.escape(key)}"]`);

function picked(key) {
  const box = document.querySelector(`[data-brief-pick="${CSS.escape(key)}"]`);
  return !box || box.checked;
}

function show(key) {
  for (const tab of tabs()) {
    const own = tab.dataset.briefTab;
    tab.hidden = !picked(own);
    tab.setAttribute("aria-pressed", String(own === key));
    for (const part of parts(own)) part.hidden = own !== key;
  }
  for (const strip of document.querySelectorAll("[data-brief-tabs]")) strip.hidden = !tabs().some((tab) => !tab.hidden);
}

// Stays on the brief that is open as long as it is picked, else opens the first that is.
function refresh() {
  const open = tabs().filter((tab) => picked(tab.dataset.briefTab));
  const current = open.find((tab) => tab.getAttribute("aria-pressed") === "true") ?? open[0];
  show(current?.dataset.briefTab ?? "");
  const count = document.querySelectorAll("[data-brief-pick]:checked").length;
  for (const text of document.querySelectorAll("[data-picked]")) text.textContent = String(count);
  for (const text of document.querySelectorAll("[data-picked-actions]")) text.textContent = count === 1 ? "1 action" : `${count} actions`;
}

// A link to a field (from the meter, the bar or an error) opens the brief that holds it first.
function reveal(id) {
  const key = document.getElementById(id)?.closest("[data-brief]")?.dataset.brief;
  if (key) show(key);
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-brief-tab]");
  if (tab) show(tab.dataset.briefTab);
  const link = event.target.closest('a[href^="#"]');
  if (link) reveal(link.hash.slice(1));
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-brief-pick]")) refresh();
});
document.addEventListener("htmx:after:swap", refresh);
refresh();
if (location.hash) reveal(location.hash.slice(1));
