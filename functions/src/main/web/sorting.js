import { el } from "./dom.js";
import { isNumeric } from "./order.js";

const LABELS = {
  region: "Region groups",
  match: "Best match",
  name: "Name",
  total: "Cells",
  left: "Left cells",
  right: "Right cells",
  middle: "Middle cells",
  unknown: "Cells of unknown side",
  balance: "Balance, left to right",
  pre: "Presynaptic sites",
  post: "Postsynaptic sites",
  parent: "Main region",
  roi: "Main ROI",
  nt: "Neurotransmitter",
  superclass: "Superclass",
  class: "Class",
  subclass: "Subclass",
  dimorphism: "Dimorphism",
  neuromere: "Soma neuromere",
  hemilineage: "Hemilineage",
};

/** The way a column is first sorted: numbers from the largest down. */
function first(key) {
  return isNumeric(key) && key !== "balance" ? `-${key}` : key;
}

function opposite(sort) {
  return sort.startsWith("-") ? sort.slice(1) : `-${sort}`;
}

function label(sort) {
  const key = sort.replace(/^-/, "");
  return sort === first(key) ? LABELS[key] : `${LABELS[key]}, reversed`;
}

/** The list of orders to choose from; the table's headings choose too. */
export class SortMenu {
  constructor(select, onChange) {
    this.select = select;
    for (const key in LABELS) {
      select.append(el("option", { value: first(key) }, LABELS[key]));
    }
    this.extra = el("option", { hidden: true });
    select.append(this.extra);
    select.addEventListener("change", () => onChange(select.value));
  }

  show(state, used) {
    if (used !== first(used.replace(/^-/, ""))) {
      this.extra.value = used;
      this.extra.textContent = label(used);
    }
    if (this.select.value !== used) {
      this.select.value = used;
    }
  }

  /** What a click on a heading leads to: its first order, or the opposite of the present one. */
  next(key, used) {
    return used.replace(/^-/, "") === key ? opposite(used) : first(key);
  }
}
