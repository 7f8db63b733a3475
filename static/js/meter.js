// The completeness meter, live: each [data-for] names a field; given means three characters or a choice, as on the server.
function given(id) {
  const field = document.getElementById(id);
  if (!field) return null;
  if (field.matches("fieldset")) return Boolean(field.querySelector(":checked"));
  if (field.type === "checkbox") return field.checked;
  return field.value.trim().length > 2 || (field.matches("select") && field.value !== "");
}

function mark(holder, isGiven) {
  for (const part of holder.querySelectorAll("[data-given]")) part.hidden = !isGiven;
  for (const part of holder.querySelectorAll("[data-missing]")) part.hidden = isGiven;
}

// Counts one meter anew; an item whose field is not on the page keeps what the server said.
function count(meter) {
  const lines = [...meter.querySelectorAll("[data-for]")];
  let done = 0;
  for (const line of lines) {
    const isGiven = given(line.dataset.for) ?? !line.classList.contains("no");
    done += isGiven;
    line.classList.toggle("no", !isGiven);
    mark(line, isGiven);
    const label = document.querySelector(`[data-req="${CSS.escape(line.dataset.for)}"]`);
    if (label) mark(label, isGiven);
  }
  meter.querySelectorAll(".bar i").forEach((cell, index) => cell.classList.toggle("on", index < done));
  const words = `${done} of ${lines.length}`;
  for (const text of meter.querySelectorAll("[data-count]")) if (text.textContent !== words) text.textContent = words;
  tab(meter.dataset.brief, lines.length - done);
}

// The brief's tab says how many are missing; its two icons stand in the page.
function tab(key, missing) {
  const button = key && document.querySelector(`[data-brief-tab="${CSS.escape(key)}"]`);
  if (!button) return;
  mark(button, missing === 0);
  for (const text of button.querySelectorAll("[data-missing-count]")) text.textContent = missing ? `, ${missing} missing` : "";
}

function countAll() {
  for (const meter of document.querySelectorAll("[data-meter]")) count(meter);
}

document.addEventListener("input", countAll);
document.addEventListener("change", countAll);
document.addEventListener("htmx:after:swap", countAll);
countAll();
