// Suggestions below a search box, after the ARIA pattern of an editable combobox with a list.
// site.js loads this when a box gets the focus; without it the box is a plain form.

const WAIT = 140; // milliseconds without a key before the server is asked

export function attach(form) {
  new Combobox(form, form.querySelector("input[name=q]"));
}

class Combobox {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.options = [];
    this.at = -1;
    this.build();
    input.addEventListener("input", () => this.askSoon());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    // Before the blur that a press with the mouse would cause.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  build() {
    this.list = element("div", "suggestions");
    this.list.id = `${this.input.id}-suggestions`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.form.dataset.label);
    this.status = element("p", "visually-hidden");
    this.status.setAttribute("role", "status");
    this.input.after(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      this.input.setAttribute(name, value);
    }
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.asked?.abort();
    const words = this.input.value.trim();
    if (words.length < 2) return this.close();
    this.asked = new AbortController();
    const address = `${this.form.dataset.suggestions}?q=${encodeURIComponent(words)}`;
    try {
      const response = await fetch(address, { signal: this.asked.signal });
      if (response.ok) this.show(await response.json());
    } catch (error) {
      // A newer question replaced this one, or the net is away: the form still works.
      if (error.name !== "AbortError") this.close();
    }
  }

  show({ search, groups, status }) {
    if (document.activeElement !== this.input) return;
    this.list.replaceChildren();
    this.options = [];
    this.list.append(this.option({ label: search }));
    for (const group of groups) {
      const part = element("div", "suggestions__group");
      part.setAttribute("role", "group");
      part.setAttribute("aria-label", group.label);
      part.append(...group.items.map((item) => this.option(item)));
      this.list.append(part);
    }
    this.mark(-1);
    this.list.hidden = groups.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.status.textContent = status;
  }

  option({ label, kind, url, language, direction }) {
    const made = element("div", "suggestions__option");
    made.id = `${this.list.id}-${this.options.length}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    const name = element("span", "suggestions__name", label);
    if (language) Object.assign(name, { lang: language, dir: direction });
    made.append(name);
    if (kind) made.append(element("span", "suggestions__kind", kind));
    if (url) made.dataset.url = url;
    this.options.push(made);
    return made;
  }

  press(event) {
    const { key } = event;
    const last = this.options.length - 1;
    if (this.list.hidden) {
      if (key === "ArrowDown") this.ask();
      return;
    }
    if (key === "Escape") this.close();
    else if (key === "ArrowDown") this.mark(this.at === last ? -1 : this.at + 1);
    else if (key === "ArrowUp") this.mark(this.at === -1 ? last : this.at - 1);
    else if (key === "Enter" && this.at >= 0) this.choose(this.options[this.at]);
    else {
      // Home, End and letters belong to the words in the box.
      if (key === "Home" || key === "End") this.mark(-1);
      return;
    }
    event.preventDefault();
  }

  mark(place) {
    this.options[this.at]?.setAttribute("aria-selected", "false");
    this.at = place;
    const option = this.options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    this.close();
    if (option.dataset.url) location.assign(option.dataset.url);
    else this.form.requestSubmit();
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.mark(-1);
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
  }
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
