// Tells the server that something was shown to a person: data-seen-url, once, when it is on a visible page. A GET never writes.
const told = new Set();

async function tell(part) {
  const url = part.dataset.seenUrl;
  if (told.has(url)) return;
  told.add(url);
  try {
    const answer = await fetch(url, { method: "POST", keepalive: true, headers: { "X-CSRFToken": document.body.dataset.csrf ?? "" } });
    if (!answer.ok && answer.status >= 500) told.delete(url);
  } catch {
    told.delete(url);
  }
}

function look() {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-seen-url]")) tell(part);
}

document.addEventListener("visibilitychange", look);
document.addEventListener("htmx:after:swap", look);
addEventListener("online", look);
look();
