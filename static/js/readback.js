// What a read-back mentions: a hint made from a few rules on this page, never a gate, never sent anywhere.
const WHEN = /\b([01]?\d|2[0-3])[:.][0-5]\d\b|\b\d{1,2}\s?(am|pm|o.clock)\b|\b(by|before|until|at|within|in)\s+(\d|half|quarter|noon|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|\b(half|quarter) (past|to|\w+)\b|\b(now|at once|straight away|today|tonight|tomorrow|this (morning|afternoon|evening)|(mon|tues|wednes|thurs|fri|satur|sun)day|noon|midnight|end of (the|my) shift)\b/i;
const WRONG = /\b(if|unless|otherwise|in case|or else|should (she|he|they|it|this|that)|when .{0,30}\b(not|fails?)|fall ?back|plan b)\b/i;
const MIN_WORDS = 4;

const RULES = {
  what: (text) => text.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word)).length >= MIN_WORDS,
  when: (text) => WHEN.test(text),
  wrong: (text) => WRONG.test(text),
};

function mark(chip, isGiven) {
  chip.classList.toggle("ok", isGiven);
  chip.classList.toggle("grey", !isGiven);
  for (const part of chip.querySelectorAll("[data-given]")) part.hidden = !isGiven;
  for (const part of chip.querySelectorAll("[data-missing]")) part.hidden = isGiven;
}

function read(field) {
  const hints = field.form?.querySelector("[data-mentions]");
  if (!hints) return;
  hints.hidden = false;
  for (const chip of hints.querySelectorAll("[data-mention]")) mark(chip, RULES[chip.dataset.mention](field.value));
}

function readAll() {
  for (const field of document.querySelectorAll("textarea[data-read-back]")) read(field);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-read-back]")) read(event.target);
});
document.addEventListener("htmx:after:swap", readAll);
readAll();
