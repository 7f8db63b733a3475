// Without a connection the page stays readable and says since when; buttons that send wait. Nothing is queued silently.
const banner = document.querySelector("[data-offline-notice]");
const WAITING = "Waiting for connection";

function buttons(isOffline) {
  for (const button of document.querySelectorAll("[data-send]")) {
    const label = button.querySelector("[data-cta]") ?? button;
    if (isOffline && !button.dataset.words) {
      button.dataset.words = label.innerHTML;
      label.textContent = WAITING;
      button.disabled = true;
    } else if (!isOffline && button.dataset.words) {
      label.innerHTML = button.dataset.words;
      delete button.dataset.words;
      button.disabled = false;
    }
  }
}

function show() {
  const isOffline = !navigator.onLine;
  if (banner && isOffline && banner.hidden) {
    banner.querySelector("[data-since]").textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }
  if (banner) banner.hidden = !isOffline;
  for (const net of document.querySelectorAll("[data-net]")) {
    net.classList.toggle("off", isOffline);
    for (const part of net.querySelectorAll("[data-online]")) part.hidden = isOffline;
    for (const part of net.querySelectorAll("[data-offline]")) part.hidden = !isOffline;
  }
  buttons(isOffline);
}

addEventListener("online", show);
addEventListener("offline", show);
show();
