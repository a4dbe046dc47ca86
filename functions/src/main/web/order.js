import { has } from "./bit-set.js";
import { compareCodePoints } from "./normalize.js";

/** The group of types whose summary names no ROI. */
const OTHER = "Other";

/** Every column that can be sorted by: how to read a type's number or text, or where all are. */
const COLUMNS = {
  name: { text: (types, i) => types.names[i] },
  total: { number: (types, i) => types.count("total", i) },
  left: { number: (types, i) => types.count("left", i) },
  right: { number: (types, i) => types.count("right", i) },
  middle: { number: (types, i) => types.count("middle", i) },
  unknown: { number: (types, i) => types.count("unknown", i) },
  balance: { number: balance },
  pre: { number: (types, i) => types.count("pre", i) },
  post: { number: (types, i) => types.count("post", i) },
  parent: { places: (types) => types.columns.parentRoi },
  roi: { text: (types, i) => types.rois(i)[0]?.name ?? "" },
  nt: { text: (types, i) => types.transmitter(i) },
  superclass: { text: (types, i) => types.list("superclasses", i).join(", ") },
  class: { text: (types, i) => types.list("classes", i).join(", ") },
  subclass: { text: (types, i) => types.list("subclasses", i).join(", ") },
  dimorphism: { text: (types, i) => types.value("dimorphism", i) },
  neuromere: { text: (types, i) => types.list("somaNeuromeres", i).join(", ") },
  hemilineage: { text: (types, i) => types.list("hemilineages", i).join(", ") },
};

export const SORT_KEYS = ["region", "match", ...Object.keys(COLUMNS)];

/** −1 all neurons of known side left, 1 all right; −2 where there is neither. */
export function balance(types, i) {
  const left = types.count("left", i);
  const right = types.count("right", i);
  return left + right > 0 ? (right - left) / (left + right) : -2;
}

export function isNumeric(key) {
  return COLUMNS[key]?.number !== undefined;
}

/** By the places of a column whose texts are sorted already; the order of the first view. */
function byPlace({ values, ids }, descending) {
  const buckets = Array.from({ length: values.length + 1 }, () => []);
  for (let i = 0; i < ids.length; i++) {
    const place = descending ? values.length - 1 - ids[i] : ids[i];
    buckets[ids[i] < 0 ? values.length : place].push(i);
  }
  return Int32Array.from(buckets.flat());
}

/** Puts types in order; each order of all types is worked out once, when it is first asked for. */
export class Orders {
  constructor(types) {
    this.types = types;
    this.known = new Map();
  }

  /** All type numbers by a column; equal ones by name, empty texts last in either direction. */
  all(key, descending) {
    const id = descending ? `-${key}` : key;
    if (!this.known.has(id)) {
      this.known.set(id, this.work(key, descending));
    }
    return this.known.get(id);
  }

  work(key, descending) {
    const { types } = this;
    const order = Int32Array.from({ length: types.size }, (_, i) => i);
    const column = COLUMNS[key];
    const sign = descending ? -1 : 1;
    if (column.number) {
      const numbers = Float64Array.from(order, (i) => column.number(types, i));
      return order.sort((a, b) => sign * (numbers[a] - numbers[b]) || a - b);
    }
    if (key === "name") {
      return descending ? order.reverse() : order;
    }
    if (column.places) {
      return byPlace(column.places(types), descending);
    }
    const texts = Array.from(order, (i) => column.text(types, i));
    return order.sort((a, b) => {
      if (texts[a] === texts[b]) {
        return a - b;
      }
      if (texts[a] === "" || texts[b] === "") {
        return texts[a] === "" ? 1 : -1;
      }
      return sign * compareCodePoints(texts[a], texts[b]);
    });
  }

  /**
   * What a filter leaves, in the order that a state asks for: {sort, order, groups}. It is by region, or
   * best match first where a text is searched, unless the reader chose another.
   */
  inOrder({ q, sort }, search, { query, matching }) {
    const used = sort || (q ? "match" : "region");
    const key = used.replace(/^-/, "");
    const descending = used.startsWith("-");
    if (key === "region") {
      return { sort: used, ...this.byRegion(descending, matching) };
    }
    const order = key === "match" ? this.byMatch(search, query, matching) : this.by(key, descending, matching);
    return { sort: used, order, groups: null };
  }

  /** The matching types in the order of a column. */
  by(key, descending, matching) {
    const all = this.all(key, descending);
    const order = new Int32Array(all.length);
    let count = 0;
    for (let k = 0; k < all.length; k++) {
      if (has(matching, all[k])) {
        order[count++] = all[k];
      }
    }
    return order.subarray(0, count);
  }

  /** The matching types in groups of their parent ROI: [{name, start, end}] over the order. */
  byRegion(descending, matching) {
    const order = this.by("parent", descending, matching);
    if (order.length < this.types.size) {
      return { order, groups: this.groups(order) };
    }
    // All of them: what each filter that is dropped may lead to.
    const id = descending ? "-groups" : "groups";
    if (!this.known.has(id)) {
      this.known.set(id, this.groups(order));
    }
    return { order, groups: this.known.get(id) };
  }

  groups(order) {
    const { ids } = this.types.columns.parentRoi;
    const groups = [];
    for (let k = 0; k < order.length; k++) {
      if (k === 0 || ids[order[k]] !== ids[order[k - 1]]) {
        groups.push({ name: this.types.value("parentRoi", order[k]) || OTHER, start: k, end: k });
      }
      groups.at(-1).end = k + 1;
    }
    return groups;
  }

  /** The matching types, best match first. */
  byMatch(search, query, matching) {
    const ranked = [[], [], [], []];
    for (const i of this.by("name", false, matching)) {
      ranked[search.rank(i, query)].push(i);
    }
    return Int32Array.from(ranked.flat());
  }
}
