import { el, number, setHidden, setText } from "./dom.js";
import { normalize } from "./normalize.js";

/** Facets that are open when the page is: short, and asked for most. */
const OPEN = new Set(["region", "nt", "side"]);

/** A facet with more choices than this gets a field to find one. */
const MANY = 12;

/** The facets at the side: what can be chosen, and how many types each choice would leave. */
export class Sidebar {
  constructor(facets, box, onToggle) {
    this.sections = facets
      .filter((facet) => (facet.key === "status" ? facet.values.length > 1 : facet.possible.length > 0))
      .map((facet) => new Section(facet, onToggle));
    box.append(
      ...this.sections.map((section) => section.root),
      el("span", { id: "leaves", hidden: true }, "Types that it leaves:"),
    );
  }

  show(state, filter, result) {
    for (const section of this.sections) {
      section.show(state, filter, result);
    }
  }
}

class Section {
  constructor(facet, onToggle) {
    this.facet = facet;
    this.onToggle = onToggle;
    this.rows = null;
    const id = `facet-${facet.key}`;
    this.badge = el("span", { class: "badge", hidden: true });
    this.button = el(
      "button",
      { type: "button", class: "facet-button", "aria-expanded": "false", "aria-controls": id },
      el("span", {}, facet.label),
    );
    this.box = el("div", { class: "facet-box", id, role: "group", "aria-label": facet.label, hidden: true });
    this.root = el(
      "section",
      { class: "facet", "data-facet-section": facet.key },
      el("h3", {}, this.button, this.badge),
      this.box,
    );
    this.button.addEventListener("click", () => this.toggle());
    if (OPEN.has(facet.key)) {
      this.open();
    }
  }

  toggle() {
    if (this.box.hidden) {
      this.open();
      if (this.shown) {
        this.show(...this.shown);
      }
    } else {
      this.box.hidden = true;
      this.button.setAttribute("aria-expanded", "false");
    }
  }

  open() {
    this.rows ??= this.fill();
    this.box.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
  }

  fill() {
    const { facet } = this;
    const list = el("ul", { class: "choices", role: "list" });
    const rows = facet.values.map((value, k) => {
      const id = `choice-${facet.key}-${k}`;
      // The address holds what is chosen: a browser need not keep it with each entry, nor restore it.
      const input = el("input", { type: "checkbox", id, value, autocomplete: "off", "aria-describedby": `leaves ${id}-count` });
      const count = el("span", { class: "count", id: `${id}-count` }, "");
      const description = facet.description(value);
      const label = el(
        "label",
        { for: id },
        el("bdi", {}, facet.name(value)),
        ...(description ? [" ", el("bdi", { class: "full-name" }, description)] : []),
      );
      if (value === "") {
        label.classList.add("none");
      }
      input.addEventListener("change", () => this.onToggle(facet.key, value));
      const row = el("li", {}, input, label, count);
      list.append(row);
      return { value, row, input, count, leaves: -1, sunk: false, normalized: normalize(`${facet.name(value)}\n${description}`) };
    });
    if (facet.values.length > MANY) {
      this.box.append(this.finder(rows));
    }
    this.box.append(list);
    this.list = list;
    return rows;
  }

  finder(rows) {
    const field = el("input", {
      type: "text",
      class: "finder",
      placeholder: `Find one of ${this.facet.values.length}`,
      "aria-label": `Find a choice in ${this.facet.label}`,
      autocomplete: "off",
      spellcheck: "false",
    });
    field.addEventListener("input", () => {
      const query = normalize(field.value.trim());
      for (const { row, normalized } of rows) {
        row.hidden = !normalized.includes(query);
      }
    });
    return field;
  }

  show(state, filter, result) {
    this.shown = [state, filter, result];
    const chosen = state.chosen.get(this.facet.key) ?? [];
    setHidden(this.badge, chosen.length === 0);
    setText(this.badge, chosen.length > 0 ? `${chosen.length} chosen` : "");
    if (this.box.hidden) {
      return;
    }
    const counts = filter.counts(this.facet, result);
    this.rows.forEach((choice, k) => {
      if (counts[k] !== choice.leaves) {
        choice.leaves = counts[k];
        choice.count.firstChild.data = number(counts[k]);
        choice.row.classList.toggle("zero", counts[k] === 0);
      }
      choice.input.checked = chosen.includes(choice.value);
    });
    this.sink();
  }

  /**
   * Puts the choices that would leave nothing below the others. A choice does not change the
   * numbers of its own facet, so nothing moves under the reader's pointer or focus.
   */
  sink() {
    const zero = ({ leaves }) => leaves === 0;
    const moving = this.rows.filter((choice) => zero(choice) !== choice.sunk);
    if (moving.length === 0) {
      return;
    }
    moving.forEach((choice) => {
      choice.sunk = zero(choice);
      choice.row.remove();
    });
    let next = this.list.firstElementChild;
    for (const choice of [...this.rows.filter((one) => !zero(one)), ...this.rows.filter(zero)]) {
      if (choice.row === next) {
        next = next.nextElementSibling;
      } else {
        this.list.insertBefore(choice.row, next);
      }
    }
  }
}
