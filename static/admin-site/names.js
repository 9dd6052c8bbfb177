// Keys for the desk of names. Everything they do has a button or a link of its own.

const text = document.querySelector("[data-names]");
const toggle = document.querySelector("[data-keys]");
const remembered = "names-without-keys";

if (text) begin();

function begin() {
  toggle.checked = localStorage.getItem(remembered) === null;
  toggle.addEventListener("change", () => {
    if (toggle.checked) localStorage.removeItem(remembered);
    else localStorage.setItem(remembered, "1");
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (!toggle.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.shiftKey ? event.key.toUpperCase() : event.key;
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1, event);
    else if (key === "m") mark(event);
    else press(key, event);
  });
}

function press(key, event) {
  const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
  control.parentElement.querySelector("input[type=search]")?.select();
}

// To the next name that is open, or the one before.
function step(by, event) {
  const open = [...text.querySelectorAll(".name--suggested, .name--stale, .name[aria-current]")];
  const here = open.findIndex((name) => name.hasAttribute("aria-current"));
  const next = open[(here + by + open.length) % open.length];
  if (!next) return;
  event.preventDefault();
  next.click();
}

// Puts the selected words into the form that marks them.
function mark(event) {
  const selected = getSelection();
  const passage = selected.anchorNode?.parentElement?.closest("[data-anchor]");
  const form = document.querySelector("[data-hand]");
  if (!form) return;
  event.preventDefault();
  form.closest("details").open = true;
  if (passage && String(selected).trim()) {
    form.elements.anchor.value = passage.dataset.anchor;
    form.elements.words.value = String(selected).trim();
    form.elements.q.value = String(selected).trim();
  }
  form.elements.q.focus();
}
