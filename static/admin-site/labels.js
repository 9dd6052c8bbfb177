// Names for what Django's admin and its libraries leave unnamed to a screen reader: the
// rich-text editor, the search fields of relations, and the tick that deletes a row.

function nameOf(control) {
  const label = control.labels?.[0]?.textContent ?? control.getAttribute("aria-label") ?? "";
  return label.trim().replace(/:$/, "");
}

function nameEditor(textarea) {
  const field = textarea.closest(".prose-editor")?.querySelector('[contenteditable="true"]');
  if (!field || field.hasAttribute("aria-label")) return;
  field.setAttribute("role", "textbox");
  field.setAttribute("aria-multiline", "true");
  field.setAttribute("aria-label", nameOf(textarea));
  field.setAttribute("spellcheck", "true");
  followLanguage(textarea, field);
}

// The words of a text are spelled in the language chosen beside them.
function followLanguage(textarea, field) {
  const language = document.getElementById(textarea.id.replace(/body$/, "language"));
  if (!language || language === textarea) return;
  const follow = () => { field.lang = language.value; };
  language.addEventListener("change", follow);
  follow();
}

function nameSearch(select) {
  const selection = select.nextElementSibling?.querySelector(".select2-selection");
  if (!selection || selection.dataset.named) return;
  selection.dataset.named = "yes";
  const name = nameOf(select);
  const shown = selection.querySelector(".select2-selection__rendered");
  const follow = () => {
    const chosen = [...select.selectedOptions].map((option) => option.textContent).join(", ");
    selection.removeAttribute("aria-labelledby");
    selection.setAttribute("aria-label", chosen ? `${name}: ${chosen}` : name);
    if (shown?.getAttribute("role") === "textbox") shown.setAttribute("aria-label", name);
    selection.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
  };
  window.django?.jQuery(select).on("change", follow);
  follow();
}

function nameDeletion(tick) {
  if (tick.labels?.length || tick.hasAttribute("aria-label")) return;
  const heading = tick.closest("table")?.querySelector("thead th:last-child");
  tick.setAttribute("aria-label", heading?.textContent.trim() || tick.name);
}

function nameAll() {
  document.querySelectorAll(".prose-editor textarea").forEach(nameEditor);
  document.querySelectorAll("select.select2-hidden-accessible").forEach(nameSearch);
  document.querySelectorAll("td.delete input").forEach(nameDeletion);
}

// Rows and editors come and go while the page is used.
let planned = false;
new MutationObserver(() => {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => { planned = false; nameAll(); });
}).observe(document.body ?? document.documentElement, { childList: true, subtree: true });
nameAll();
