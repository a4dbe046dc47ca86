import { add, emptySet, has } from "./bit-set.js";
import { normalize } from "./normalize.js";

/** Finds types by a piece of their name, synonyms, FlyWire types or names in other datasets. */
export class NameSearch {
  constructor(types) {
    this.types = types;
    this.last = { query: "", found: null };
  }

  /** Normalizes all texts, once; the first letter typed should not wait for it. */
  ready() {
    if (this.names) {
      return;
    }
    const { types } = this;
    this.names = types.names.map(normalize);
    // A line break keeps a match from running from one text into the next.
    this.aliases = this.names.map((_, i) =>
      normalize([types.synonyms(i), ...types.flywireTypes(i), ...types.otherTypeNames(i)].join("\n")),
    );
  }

  /**
   * The types that contain the normalized query, as a set; null for an empty query: all of them. What a
   * further letter leaves is among what was found without it.
   */
  find(query) {
    if (!query) {
      return null;
    }
    this.ready();
    const among = query.includes(this.last.query) ? this.last.found : null;
    const found = emptySet(this.types.size);
    for (let i = 0; i < this.names.length; i++) {
      const isCandidate = !among || has(among, i);
      if (isCandidate && (this.names[i].includes(query) || this.aliases[i].includes(query))) {
        add(found, i);
      }
    }
    this.last = { query, found };
    return found;
  }

  /** How well a type that contains the query fits it: 0 is best. */
  rank(i, query) {
    this.ready();
    const at = this.names[i].indexOf(query);
    if (at < 0) {
      return 3;
    }
    if (at > 0) {
      return 2;
    }
    return this.names[i].length === query.length ? 0 : 1;
  }

  /** Up to five names closest to a query that nothing contains, closest first. */
  nearest(query) {
    const limit = Math.max(1, Math.floor(query.length / 2));
    const near = [];
    for (let i = 0; i < this.names.length; i++) {
      const distance = editDistance(query, this.names[i], limit);
      if (distance <= limit) {
        near.push([distance, i]);
      }
    }
    near.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return near.slice(0, 5).map(([, i]) => i);
  }
}

/** Insertions, deletions, replacements and swaps between two texts; more than the limit is just "more". */
function editDistance(left, right, limit) {
  if (Math.abs(left.length - right.length) > limit) {
    return limit + 1;
  }
  let beforeLast = [];
  let last = Array.from({ length: right.length + 1 }, (_, k) => k);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    let best = i;
    for (let k = 1; k <= right.length; k++) {
      const same = left[i - 1] === right[k - 1];
      let cost = Math.min(last[k] + 1, row[k - 1] + 1, last[k - 1] + (same ? 0 : 1));
      if (i > 1 && k > 1 && left[i - 1] === right[k - 2] && left[i - 2] === right[k - 1]) {
        cost = Math.min(cost, beforeLast[k - 2] + 1);
      }
      row[k] = cost;
      best = Math.min(best, cost);
    }
    if (best > limit) {
      return limit + 1;
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length];
}
