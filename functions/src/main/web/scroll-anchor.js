import { byId } from "./dom.js";

/** Keeps a type where it stands on the screen, and the focus in it, while the list around it changes. */
export class ScrollAnchor {
  constructor(viewport, scroller) {
    this.viewport = viewport;
    this.scroller = scroller;
  }

  /** The first type that is wholly in sight, or the last of all. */
  firstInSight(view, order) {
    const { viewport } = this;
    const from = viewport.top - viewport.listTop + view.covered;
    let low = 0;
    let high = order.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (view.topOf(middle) < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Where on the screen the type stands that a change of the list shall leave there: the one that a
   * clicked control belongs to, or else the first in sight; and which control of which type has the focus.
   */
  remember(view, order, clicked = null) {
    const { viewport } = this;
    const { top } = viewport;
    const control = clicked ?? document.activeElement;
    const card = control.closest("[data-place]");
    const focus = card && { ...spot(card), type: Number(card.dataset.type), at: controlsOf(card).indexOf(control) };
    if (order.length === 0 || (!clicked && top === 0)) {
      return { top, focus };
    }
    const k = clicked ? Number(card.dataset.place) : this.firstInSight(view, order);
    const y = this.scroller.getBoundingClientRect().top + viewport.listTop + view.topOf(k) - top;
    return { top, focus, clicked, type: order[k], y };
  }

  /** Brings a remembered type back to its place on the screen, and the focus to its control. */
  restore(view, order, { top, focus, clicked, type, y }) {
    const { viewport } = this;
    const k = order.indexOf(type);
    if (k < 0) {
      viewport.scrollTo(top);
    } else {
      const edge = this.scroller.getBoundingClientRect().top;
      const lowest = edge + viewport.height - view.cardHeight;
      let to = clicked ? y : Math.min(y, lowest);
      if (view.covered > 0 || !clicked) {
        to = Math.max(to, edge + view.covered);
      }
      const boxTop = view.box.getBoundingClientRect().top;
      // Rounded down: a browser scrolls to whole pixels, and the type shall not begin above the edge.
      viewport.scrollTo(Math.floor(viewport.top + boxTop + view.topOf(k) - to));
    }
    view.draw();
    if (focus) {
      focusAgain(view, focus);
    }
  }
}

/** Where the type has left the list, the one that now stands nearest to its place has the focus. */
function focusAgain(view, { type, at, left, top }) {
  const cards = [...view.drawn.values()];
  const same = cards.find((card) => Number(card.dataset.type) === type);
  const distance = (card) => Math.hypot(spot(card).left - left, spot(card).top - top);
  const [nearest] = cards.sort((a, b) => distance(a) - distance(b));
  const next = (same && controlsOf(same)[at]) ?? nearest?.querySelector(".name") ?? byId("results-title");
  next.focus({ preventScroll: true });
}

function spot(card) {
  const { left, top } = card.getBoundingClientRect();
  return { left, top };
}

/** What in a card or a line can have the focus. */
function controlsOf(card) {
  return [...card.querySelectorAll("a, button")];
}
