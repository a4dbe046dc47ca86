import { create, patch } from "./vnode.js";

/**
 * A list of which only the places in sight exist. The elements of one result are taken over by the
 * next: the browser then changes what differs, which takes it less time than new elements.
 */
export class VirtualList {
  /**
   * @param list the element that holds the elements of the places
   * @param vnodeAt what stands at the k-th place
   */
  constructor(list, vnodeAt) {
    this.list = list;
    this.vnodeAt = vnodeAt;
    /** By place, what stands there. */
    this.elements = new Map();
    this.vnodes = new Map();
    this.spare = [];
  }

  /** Every place will show something else when it is drawn next. */
  renew() {
    const focused = document.activeElement;
    for (const k of [...this.elements.keys()].sort((a, b) => a - b)) {
      const element = this.elements.get(k);
      if (element.contains(focused)) {
        // The focus would silently belong to another type.
        element.remove();
      } else {
        this.spare.push({ element, vnode: this.vnodes.get(k) });
      }
    }
    this.elements.clear();
    this.vnodes.clear();
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
      const vnode = this.vnodeAt(k);
      patch(this.elements.get(k), this.vnodes.get(k), vnode);
      this.vnodes.set(k, vnode);
    }
  }

  drop(places) {
    const keep = new Set(places);
    for (const [k, element] of this.elements) {
      if (!keep.has(k)) {
        element.remove();
        this.elements.delete(k);
        this.vnodes.delete(k);
      }
    }
  }

  /** Spare elements stand where the first of them is needed. */
  place(k, next) {
    const vnode = this.vnodeAt(k);
    const spare = this.spare.shift();
    const element = spare?.element ?? create(vnode);
    if (spare) {
      patch(element, spare.vnode, vnode);
    } else {
      this.list.insertBefore(element, next);
    }
    this.elements.set(k, element);
    this.vnodes.set(k, vnode);
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
