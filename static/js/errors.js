// After a form came back with errors the summary takes the focus, and its links go to the fields. A request that failed says so.
const failed = document.querySelector("[data-failed-notice]");
const SHOWN_MS = 10_000;
const NOT_SWAPPED = new Set([400, 401, 404, 405, 413, 429]); // as the htmx-config of the page says
let timer;

function summary() {
  const box = document.querySelector("[data-error-summary]");
  if (!box) return;
  if (!document.title.startsWith("Error: ")) document.title = `Error: ${document.title}`;
  if (!box.dataset.focused) box.focus();
  box.dataset.focused = "true";
}

function tellFailure() {
  if (!failed) return;
  failed.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { failed.hidden = true; }, SHOWN_MS);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  setTimeout(() => { // after whatever else listens has opened the part of the page that holds it
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
});
document.addEventListener("htmx:after:swap", summary);
document.addEventListener("htmx:error", tellFailure);
document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (status >= 500 || NOT_SWAPPED.has(status)) tellFailure();
});
// Signed out meanwhile: the whole page goes to the sign-in page, not its form into a part of this one. Drafts are kept.
document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  if (!raw.redirected || new URL(raw.url).pathname !== "/sign-in/") return;
  event.preventDefault();
  location.reload();
});
summary();
