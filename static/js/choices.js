// A choice may open its own fields (data-show names panels) and say what the main button will do (data-label).
// Without script every panel is open and the button keeps its general name.
function apply(form) {
  const choices = [...form.querySelectorAll("input[data-show]")];
  const names = new Set(choices.filter((choice) => choice.checked).flatMap((choice) => choice.dataset.show.split(" ")));
  const known = new Set(choices.flatMap((choice) => choice.dataset.show.split(" ")));
  for (const panel of form.querySelectorAll("[data-panel]")) {
    const own = panel.dataset.panel.split(" ");
    if (own.some((name) => known.has(name))) panel.hidden = !own.some((name) => names.has(name));
  }
  const label = choices.find((choice) => choice.checked && choice.dataset.label)?.dataset.label;
  if (label) for (const button of form.querySelectorAll("[data-cta]")) button.textContent = label;
}

function applyAll() {
  for (const form of document.forms) apply(form);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("input[data-show]")) apply(event.target.form);
});
document.addEventListener("htmx:after:swap", applyAll);
applyAll();
