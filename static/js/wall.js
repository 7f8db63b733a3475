// The board on a wall: asks again every 20 seconds, says plainly when it cannot, and when its link was revoked.
const body = document.body;
const every = Number(body.dataset.every) * 1000;
const patience = Number(body.dataset.stale) * 1000;
const notes = { stale: document.querySelector("[data-stale-note]"), revoked: document.querySelector("[data-revoked-note]") };
const wall = () => document.getElementById("wall");
let answered = Date.now();
let last = wall().dataset.clock; // what the server's clock said
let asking = false;
let revoked = false;

async function ask() {
  if (asking || revoked) return;
  asking = true;
  try {
    const headers = { "X-Baton-Poll": "1", "If-None-Match": wall().dataset.etag };
    const answer = await fetch(location.href, { headers, cache: "no-store", signal: AbortSignal.timeout(15_000) });
    if (answer.status === 404) end();
    else if (answer.status === 200) fresh(await answer.text());
    else if (answer.status === 304) fresh();
  } catch {
    // no network: what is shown grows old, and says so
  } finally {
    asking = false;
    show();
  }
}

function fresh(text) {
  answered = Date.now();
  if (text) {
    const part = new DOMParser().parseFromString(text, "text/html").getElementById("wall");
    if (part) wall().replaceWith(part);
  }
  last = wall().dataset.clock;
}

function end() {
  revoked = true;
  wall().replaceChildren();
}

function show() {
  const stale = !revoked && Date.now() - answered >= patience;
  body.classList.toggle("stale", stale);
  notes.stale.hidden = !stale;
  notes.revoked.hidden = !revoked;
  notes.stale.querySelector("[data-last]").textContent = last;
}

setInterval(ask, every);
setInterval(show, 1000);
addEventListener("online", ask);
document.addEventListener("visibilitychange", () => document.hidden || ask());
