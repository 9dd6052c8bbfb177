// Makes smoother what works without it: the menu's panels, the number of a paragraph, and the
// search boxes, for which a module is fetched when the first of them is used.

closeMenusElsewhere();
offerPassageTools();
offerSuggestions();
layCardsAside();

function closeMenusElsewhere() {
  const open = () => document.querySelectorAll(".section-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// A mention's card shows by itself; Escape puts it away until the pointer or the focus comes again.
function layCardsAside() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const link of document.querySelectorAll(".mention:hover, .mention:focus-visible")) {
      link.dataset.aside = "";
      for (const gone of ["pointerleave", "blur"])
        link.addEventListener(gone, () => delete link.dataset.aside, { once: true });
    }
  });
}

function offerSuggestions() {
  const known = new WeakSet();
  document.addEventListener("focusin", async ({ target }) => {
    const form = target.form;
    if (target.name !== "q" || !form?.dataset.suggestions || known.has(form)) return;
    known.add(form);
    const { attach } = await import(form.dataset.module);
    attach(form);
  });
}

// A click on a paragraph's number marks the paragraph and offers its link and its quotation.
function offerPassageTools() {
  const text = document.querySelector("[data-passages]");
  if (!text || !navigator.clipboard) return;
  text.addEventListener("click", (event) => {
    const number = event.target.closest(".passage__number");
    if (number) showTools(text, number.parentElement);
  });
}

function showTools(text, passage) {
  document.querySelector(".passage-tools")?.remove();
  const tools = document.createElement("div");
  tools.className = "passage-tools";
  const address = new URL(`#${passage.id}`, location.href).href;
  const { copy, copied, quote, quoted, citation } = text.dataset;
  tools.append(
    button(copy, () => address, copied),
    button(quote, () => `“${words(passage)}”\n${citation} ${address}`, quoted),
  );
  tools.lang = document.documentElement.lang;
  tools.dir = document.documentElement.dir;
  passage.append(tools);
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    tools.remove();
    passage.querySelector(".passage__number").focus();
  });
}

function button(label, content, done) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(content());
    made.textContent = done;
    document.querySelector("[data-announce]").textContent = done;
  });
  return made;
}

function words(passage) {
  const copy = passage.cloneNode(true);
  copy.querySelectorAll(".passage__number, .passage-tools").forEach((extra) => extra.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}
