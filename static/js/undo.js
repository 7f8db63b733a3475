// Counts down how long something can be undone (data-undo, in seconds), then takes the offer away. The server decides anyway.
function start(form) {
  if (form.dataset.undoStarted) return;
  form.dataset.undoStarted = "true";
  const until = Date.now() + Number(form.dataset.undo) * 1000;
  const left = form.querySelector("[data-undo-left]");
  const timer = setInterval(() => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    if (left) left.textContent = String(Math.max(0, seconds));
    if (seconds > 0) return;
    clearInterval(timer);
    form.remove();
  }, 1000);
}

function startAll() {
  for (const form of document.querySelectorAll("form[data-undo]")) start(form);
}

document.addEventListener("htmx:after:swap", startAll);
startAll();
