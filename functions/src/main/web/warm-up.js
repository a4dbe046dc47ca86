import { create, patch } from "./vnode.js";

/** How long after the page's start what changes will need is made. */
const PAUSE = 200;

/** About as many cards as a window shows. */
const CARDS = 12;

/** Makes what the first changes will need, a little at a time, once the first types are painted. */
export function warmUp(page) {
  const steps = [
    () => page.search.ready(),
    ...page.facets.map((facet) => () => facet.ready()),
    () => searchUnseen(page),
  ];
  const next = () => {
    steps.shift()?.();
    if (steps.length > 0) {
      setTimeout(next);
    }
  };
  setTimeout(next, PAUSE);
}

/**
 * Finds types by a letter and makes their cards, unseen: the browser compiles a script as it is
 * first needed, and the first letter typed should not wait for that.
 */
function searchUnseen({ state: present, search, filter, facets, orders, list }) {
  const state = { ...present, q: "a", sort: "", chosen: new Map() };
  const result = filter.apply(state);
  const { order } = orders.inOrder(state, search, result);
  facets.forEach((facet) => filter.counts(facet, result));
  const cards = [...order.subarray(0, CARDS)].map((i) => list.view.vnodeFor(i, result.query, state));
  const element = create(cards[0]);
  cards.slice(1).forEach((card, k) => patch(element, cards[k], card));
}
