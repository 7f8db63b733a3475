// Says to the server that a page goes to a printer (data-printed-url), and lets a button start it.
const place = document.querySelector("[data-printed-url]");

addEventListener("beforeprint", () => {
  if (place) fetch(place.dataset.printedUrl, { method: "POST", keepalive: true, headers: { "X-CSRFToken": document.body.dataset.csrf ?? "" } }).catch(() => {});
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
