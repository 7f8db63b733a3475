// Asks for a part of the page again while somebody looks at it: data-poll (address), data-poll-every (seconds).
// An ETag saves the answer when nothing changed; while the page is hidden nobody asks; a failure shows how old the page is.
const etags = new Map();
const failed = new Map();

const holders = () => document.querySelectorAll("[data-poll]");
const seconds = (holder) => Number(holder.dataset.pollEvery) || 20;
const clock = (time) => time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

async function ask(holder) {
  const url = holder.dataset.poll;
  const headers = { "HX-Request": "true", "X-Baton-Poll": "1" }; // what a page asks for by itself does not keep a session alive
  const etag = etags.get(url) ?? holder.dataset.pollEtag;
  if (etag) headers["If-None-Match"] = etag;
  try {
    const answer = await fetch(url, { headers, cache: "no-store" });
    if (answer.redirected || (!answer.ok && answer.status !== 304)) throw new Error(String(answer.status));
    if (answer.status === 200) {
      if (answer.headers.get("ETag")) etags.set(url, answer.headers.get("ETag"));
      await swap(holder, await answer.text());
    }
    fresh(url);
  } catch {
    stale(url);
  }
}

// Morphs, so that focus, scroll and what is being typed stay where they are.
async function swap(holder, text) {
  if (holder.contains(document.activeElement?.closest("form [name]:not([type=hidden])"))) return;
  await htmx.swap({ sourceElement: holder, target: holder, text, swap: "outerMorph" });
}

function fresh(url) {
  failed.delete(url);
  for (const part of document.querySelectorAll("[data-poll-updated]")) part.textContent = clock(new Date());
  show();
}

function stale(url) {
  if (!failed.has(url)) failed.set(url, new Date());
  show();
}

// The banner says since when the page may be out of date; it is in the page, hidden, with its words.
function show() {
  const [since] = [...failed.values()].sort((one, other) => one - other);
  for (const banner of document.querySelectorAll("[data-poll-stale]")) {
    banner.hidden = !since;
    for (const time of banner.querySelectorAll("[data-since]")) if (since) time.textContent = clock(since);
  }
}

let ticks = 0;
setInterval(() => {
  if (document.hidden) return;
  ticks += 1;
  for (const holder of holders()) if (ticks % seconds(holder) === 0) ask(holder);
}, 1000);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const holder of holders()) ask(holder);
});
