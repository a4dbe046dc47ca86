import { byId, isolated, setHidden } from "./dom.js";
import { padded, patch, vnode } from "./vnode.js";

/** The chosen filters in one line, each to be dropped by a click. */
export class Chips {
  constructor(facets) {
    this.facets = facets;
    this.box = byId("chips");
    this.row = this.box.parentElement;
    this.shown = vnode("div", {});
  }

  show(state) {
    const chips = vnode("div", {}, ...this.chips(state));
    patch(this.box, this.shown, chips);
    this.shown = chips;
    setHidden(this.row, chips.children.length === 0);
  }

  chips({ q, chosen }) {
    const chips = q ? [chip("q", "", ["“", vnode("bdi", {}, q), "”"], "Remove the name filter", "")] : [];
    for (const facet of this.facets) {
      for (const value of chosen.get(facet.key) ?? []) {
        const name = facet.name(value);
        const text = [`${facet.label}: `, vnode("bdi", {}, name)];
        chips.push(chip(facet.key, value, text, `Remove ${facet.label}: ${isolated(name)}`, facet.description(value)));
      }
    }
    return chips;
  }
}

function chip(key, value, text, name, description) {
  return vnode(
    "button",
    { type: "button", class: "chip", "data-drop": key, "data-value": value, "aria-label": name, title: description ? isolated(description) : null },
    ...padded(text, 3),
    vnode("span", { "aria-hidden": "true", class: "cross" }, "×"),
  );
}
