// What was typed into a form and not saved survives a lost session, a crash, a closed window.
//
// The browser keeps the changed fields of a form under the account and the address of the page
// until the server says that it saved them, for a week at most, and forgets them on signing out.
// They are put back only into the state they were typed over; else they are shown to copy from.

const PREFIX = "recover:";
const WEEK = 7 * 24 * 3600 * 1000;
const box = document.getElementById("recover");
const form = document.querySelector("#content-main > form[id$=_form]");

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, entry) {
  // Without room, or where storing is forbidden, the form works as it would without this.
  try { localStorage.setItem(key, JSON.stringify(entry)); } catch { /* nothing to be done */ }
}

function keys() {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
}

function savedToken() {
  return document.cookie.match(/(?:^|; )saved_form=([^;]+)/)?.[1];
}

// -- Fields: their values as they are, and as the server wrote them -------------------------

const NOT_TYPED = new Set(["hidden", "file", "password", "submit", "button", "reset", "image"]);

function isTyped(control) {
  return control.name && !NOT_TYPED.has(control.type) && control.tagName !== "FIELDSET"
    && !control.name.includes("__prefix__") && !control.name.startsWith("_");
}

function nameOf(control) {
  const isTick = control.type === "checkbox" || control.type === "radio";
  return isTick ? `${control.name}=${control.value}` : control.name;
}

function valueOf(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked;
  if (!control.options) return control.value;
  return [...control.selectedOptions].map((option) => [option.value, option.text]);
}

function writtenValueOf(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.defaultChecked;
  if (!control.options) return control.defaultValue;
  const chosen = [...control.options].filter((option) => option.defaultSelected);
  if (!chosen.length && !control.multiple && control.options.length) chosen.push(control.options[0]);
  return chosen.map((option) => [option.value, option.text]);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const controls = () => [...form.elements].filter(isTyped);
const find = (name) => controls().find((control) => nameOf(control) === name);

function changed() {
  const found = {};
  for (const control of controls()) {
    const value = valueOf(control);
    if (!same(value, writtenValueOf(control))) found[nameOf(control)] = value;
  }
  return found;
}

function rows() {
  const counts = [...form.elements].filter((control) => /-TOTAL_FORMS$/.test(control.name));
  return Object.fromEntries(counts.map((control) => [control.name, Number(control.value)]));
}

// -- Putting back ---------------------------------------------------------------------------

function addRows(wanted) {
  for (const [name, count] of Object.entries(wanted)) {
    const group = document.getElementById(name.replace(/-TOTAL_FORMS$/, "-group"));
    for (let tries = 0; tries < 100 && (rows()[name] ?? count) < count; tries += 1) {
      group?.querySelector(".add-row a, a.add-row")?.click();
    }
  }
}

function put(control, value) {
  if (typeof value === "boolean") control.checked = value;
  else if (control.options) {
    for (const [key, text] of value) {
      if (![...control.options].some((option) => option.value === key)) control.add(new Option(text, key));
    }
    for (const option of control.options) option.selected = value.some(([key]) => key === option.value);
  } else {
    control.value = value;
    control.closest(".prose-editor")?.querySelector(".tiptap")?.editor?.commands.setContent(value);
  }
  control.dispatchEvent(new Event("input", { bubbles: true }));
  if (window.django?.jQuery) window.django.jQuery(control).trigger("change");
  else control.dispatchEvent(new Event("change", { bubbles: true }));
}

function putBack(entry) {
  addRows(entry.rows);
  for (const [name, value] of Object.entries(entry.fields)) {
    const control = find(name);
    if (control && !same(valueOf(control), value)) put(control, value);
  }
}

function showTexts(entry) {
  for (const [name, value] of Object.entries(entry.fields)) {
    if (typeof value === "boolean") continue;
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.rows = 4;
    area.value = typeof value === "string" ? value : value.map(([, text]) => text).join("\n");
    const label = document.createElement("label");
    label.textContent = find(name)?.labels?.[0]?.textContent ?? name;
    label.append(area);
    box.querySelector(".recover__texts").append(label);
  }
}

function offer(key, entry, isSameState) {
  box.hidden = false;
  box.querySelector(isSameState ? ".recover__same" : ".recover__other").hidden = false;
  const back = box.querySelector('[data-recover="put"]');
  back.hidden = !isSameState;
  back.addEventListener("click", () => { putBack(entry); box.hidden = true; });
  box.querySelector('[data-recover="drop"]').addEventListener("click", () => {
    localStorage.removeItem(key);
    box.hidden = true;
    carried = {};
  });
  if (!isSameState) showTexts(entry);
}

// -- Keeping ----------------------------------------------------------------------------------

let carried = {};  // Typed before, and written into the page by the server with an error.

function watch(key, token) {
  let isTouched = false;
  let kept = "";
  const keep = (sent = false) => {
    if (!isTouched) return;
    const fields = { ...carried, ...changed() };
    if (!Object.keys(fields).length) return;
    const entry = { token, fields, rows: rows() };
    if (!sent && JSON.stringify(entry) === kept) return;
    kept = JSON.stringify(entry);
    write(key, { ...entry, at: Date.now(), sent });
  };
  for (const event of ["input", "change", "keyup", "click"]) {
    form.addEventListener(event, (happened) => { isTouched ||= happened.isTrusted; });
  }
  setInterval(keep, 2000);
  addEventListener("pagehide", () => keep());
  document.addEventListener("visibilitychange", () => keep());
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget !== "_blank") keep(true);
  });
}

function begin() {
  const key = `${PREFIX}${box.dataset.account}:${location.pathname}`;
  const token = form.elements.edit_token?.value ?? "";
  const entry = read(key);
  if (entry) {
    const isInTheForm = Object.entries(entry.fields).every(([name, value]) => {
      const control = find(name);
      return control && same(valueOf(control), value);
    });
    if (!isInTheForm) offer(key, entry, entry.token === token);
    else if (entry.token === token) carried = entry.fields;
    else localStorage.removeItem(key);
  }
  watch(key, token);
}

const saved = savedToken();
for (const key of keys()) {
  const entry = read(key);
  const isSaved = saved && entry?.sent && (entry.token || "new").startsWith(saved);
  if (!entry || isSaved || Date.now() - entry.at > WEEK) localStorage.removeItem(key);
}
if (saved) document.cookie = "saved_form=; path=/admin/; max-age=0; samesite=lax";
document.getElementById("logout-form")?.addEventListener("submit", () => {
  keys().forEach((key) => localStorage.removeItem(key));
});
// Rows and editors are made by other scripts of the page, which come first.
if (box && form) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
