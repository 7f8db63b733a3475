// Light, dark, or as the system says. The choice is a cookie of this device, so that the server draws the next page in it.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const YEAR = 365 * 24 * 60 * 60;

function chosen() {
  return root.dataset.theme ?? "system";
}

// From the system's theme to the other one, then to the one that the system has now, then back to following it.
function next() {
  const [own, other] = system.matches ? ["dark", "light"] : ["light", "dark"];
  return { system: other, [other]: own, [own]: "system" }[chosen()];
}

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  label();
  document.dispatchEvent(new CustomEvent("baton:theme"));
}

function label() {
  const names = { system: "as this device", light: "light", dark: "dark" };
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.hidden = false;
    button.setAttribute("aria-label", `Colours: ${names[chosen()]}. Change to ${names[next()]}`);
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-toggle]")) apply(next());
});
system.addEventListener("change", label);
label();
