// Keeps what is typed: a form with data-draft-url is posted there shortly after typing stops, on blur and when the page goes.
// Never in the browser's own storage, because PCs are shared. The answer is JSON: {version, saved_at}; a 409 means that the draft
// was changed elsewhere and adds {theirs: {field: text}}: both texts are shown and the person chooses.
const PAUSE_MS = 600;
const waiting = new WeakMap();
const saving = new WeakSet();
const again = new WeakSet();
const last = new WeakMap();

function body(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
}

function token(form) {
  return form.elements.csrfmiddlewaretoken?.value ?? document.body.dataset.csrf ?? "";
}

function tell(form, words) {
  for (const mark of form.querySelectorAll("[data-saved]")) mark.textContent = words(mark);
}

async function save(form, { leaving = false } = {}) {
  clearTimeout(waiting.get(form));
  const sent = body(form);
  if (sent.toString() === last.get(form) || form.dataset.draftHeld) return;
  if (saving.has(form) && !leaving) return void again.add(form);
  saving.add(form);
  try {
    const answer = await fetch(form.dataset.draftUrl, {
      method: "POST", body: sent, keepalive: leaving, headers: { "X-CSRFToken": token(form), Accept: "application/json" },
    });
    if (answer.ok) accepted(form, sent, await answer.json());
    else if (answer.status === 409) clash(form, await answer.json());
    else throw new Error(String(answer.status));
  } catch {
    tell(form, (mark) => mark.dataset.unsaved);
  } finally {
    saving.delete(form);
    if (again.delete(form)) save(form);
  }
}

function accepted(form, sent, { version, saved_at: time }) {
  if (form.elements.draft_version) form.elements.draft_version.value = version;
  sent.set("draft_version", version);
  last.set(form, sent.toString());
  tell(form, (mark) => mark.dataset.words.replace("{time}", time));
}

// Shows their text beside ours, field by field. Nothing is saved until the person has chosen.
function clash(form, { version, theirs = {} }) {
  const template = form.querySelector("template[data-draft-clash]");
  if (!template || form.dataset.draftHeld) return;
  form.dataset.draftHeld = "true";
  const notice = template.content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(theirs)) {
    const field = form.elements[name];
    if (!field || !("value" in field) || field.value === text) continue;
    const row = form.querySelector("template[data-draft-theirs]").content.firstElementChild.cloneNode(true);
    row.querySelector("dt").textContent = field.labels?.[0]?.firstChild?.textContent.trim() || name;
    row.querySelector("dd").textContent = text;
    row.querySelector("button").addEventListener("click", () => {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      row.remove();
    });
    notice.querySelector("[data-clash-fields]").append(row);
  }
  notice.querySelector("[data-keep-mine]").addEventListener("click", () => {
    notice.remove();
    delete form.dataset.draftHeld;
    if (form.elements.draft_version) form.elements.draft_version.value = version;
    save(form);
  });
  form.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}

const draftOf = (target) => target.closest?.("form[data-draft-url]");

document.addEventListener("input", (event) => {
  const form = draftOf(event.target);
  if (!form) return;
  if (form.dataset.draftHeld === "sent") delete form.dataset.draftHeld; // it never left this page
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => save(form), PAUSE_MS));
});
document.addEventListener("focusout", (event) => {
  const form = draftOf(event.target);
  if (form && last.has(form)) save(form);
});
document.addEventListener("submit", (event) => {
  const form = draftOf(event.target);
  if (form) clearTimeout(waiting.get(form));
  if (form) form.dataset.draftHeld = "sent";
});
function leave() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) if (last.has(form)) save(form, { leaving: true });
}
addEventListener("pagehide", leave);
addEventListener("pageshow", start);
document.addEventListener("htmx:after:swap", start);
document.addEventListener("visibilitychange", () => document.hidden && leave());
// What the page came with is saved already, but for a form that was refused before it could be; a form that was sent and came back
// may be saved again.
function start() {
  const refused = document.querySelector("[data-error-summary]");
  for (const form of document.querySelectorAll("form[data-draft-url]")) {
    if (form.dataset.draftHeld === "sent") delete form.dataset.draftHeld;
    if (last.has(form)) continue;
    last.set(form, refused ? "" : body(form).toString());
    if (refused) save(form);
  }
}
start();
