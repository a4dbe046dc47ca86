import { emptySet, fullSet, intersect, shared, size, unite } from "./bit-set.js";
import { normalize } from "./normalize.js";

/**
 * The types that a state leaves, and for each choice of each facet how many types it would leave
 * were it (also) chosen: the types that every other filter leaves, and that have the value.
 */
export class Filter {
  constructor(types, facets, search) {
    this.size = types.size;
    this.facets = facets;
    this.search = search;
    this.everything = fullSet(types.size);
  }

  apply(state) {
    const query = normalize(state.q);
    const text = this.search.find(query);
    const unions = new Map();
    for (const facet of this.facets) {
      const chosen = state.chosen.get(facet.key);
      if (chosen) {
        unions.set(facet.key, this.union(facet, chosen));
      }
    }
    const matching = this.meet(text, unions, null);
    return { query, text, unions, matching, count: size(matching) };
  }

  union(facet, chosen) {
    const union = emptySet(this.size);
    for (const value of chosen) {
      const set = facet.sets.get(value);
      if (set) {
        unite(union, set);
      }
    }
    return union;
  }

  /** What the text and every facet but one leave. */
  meet(text, unions, except) {
    const met = (text ?? this.everything).slice();
    for (const [key, union] of unions) {
      if (key !== except) {
        intersect(met, union);
      }
    }
    return met;
  }

  /** Counts for the choices of one facet, in the order of its values. */
  counts(facet, result) {
    const base = result.unions.has(facet.key)
      ? this.meet(result.text, result.unions, facet.key)
      : result.matching;
    return facet.values.map((value) => shared(base, facet.sets.get(value)));
  }

  /** How many types were left if one filter, a facet's key or "q", were dropped. */
  countWithout(result, key) {
    return size(this.meet(key === "q" ? null : result.text, result.unions, key));
  }
}
