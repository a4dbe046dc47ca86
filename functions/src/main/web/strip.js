import { made, update } from "./part.js";

/**
 * A list of which only the places in sight exist. The elements of one result are taken over by the
 * next: the browser then changes what differs, which takes it less time than new elements.
 */
export class Strip {
  /**
   * @param list the element that holds the elements of the places
   * @param partAt what stands at the k-th place
   */
  constructor(list, partAt) {
    this.list = list;
    this.partAt = partAt;
    /** By place, what stands there. */
    this.elements = new Map();
    this.parts = new Map();
    this.spare = [];
  }

  /** Every place shall show something else, when it is shown next. */
  renew() {
    const focused = document.activeElement;
    for (const k of [...this.elements.keys()].sort((a, b) => a - b)) {
      const element = this.elements.get(k);
      if (element.contains(focused)) {
        // The focus would silently belong to another type.
        element.remove();
      } else {
        this.spare.push({ element, part: this.parts.get(k) });
      }
    }
    this.elements.clear();
    this.parts.clear();
  }

  /** Lets these places exist, in this order, and no others. */
  show(places) {
    this.drop(places);
    let next = this.list.firstElementChild;
    for (const k of places) {
      const element = this.elements.get(k) ?? this.place(k, next);
      next = element.nextElementSibling;
    }
    this.spare.forEach(({ element }) => element.remove());
    this.spare = [];
  }

  /** Some places that exist show the same types in another way. */
  refresh(places) {
    for (const k of places) {
      const part = this.partAt(k);
      update(this.elements.get(k), this.parts.get(k), part);
      this.parts.set(k, part);
    }
  }

  drop(places) {
    const keep = new Set(places);
    for (const [k, element] of this.elements) {
      if (!keep.has(k)) {
        element.remove();
        this.elements.delete(k);
        this.parts.delete(k);
      }
    }
  }

  /** Spare elements stand where the first of them is needed. */
  place(k, next) {
    const part = this.partAt(k);
    const spare = this.spare.shift();
    const element = spare?.element ?? made(part);
    if (spare) {
      update(element, spare.part, part);
    } else {
      this.list.insertBefore(element, next);
    }
    this.elements.set(k, element);
    this.parts.set(k, part);
    return element;
  }

  clear() {
    this.renew();
    this.show([]);
  }
}

/** The places from one up to, but not with, another. */
export function range(start, end) {
  return Array.from({ length: Math.max(0, end - start) }, (_, k) => start + k);
}

/** The place in a box that has the focus, or null. */
export function focusedPlace(box) {
  const focused = document.activeElement?.closest("[data-place]");
  return focused && box.contains(focused) ? Number(focused.dataset.place) : null;
}

/** The places with one more, unless it is null or among them. */
export function withPlace(places, k) {
  return k === null || places.includes(k) ? places : [...places, k].sort((a, b) => a - b);
}
