import { byId } from "./dom.js";
import { shortcutsOn } from "./settings.js";

/** How much of the list's height a page is: browsers leave about an eighth in sight. */
const PAGE = 0.875;

/** The keys that work outside of fields and buttons. */
export class Keyboard {
  constructor(page) {
    this.field = page.field;
    this.list = page.list;
  }

  listen() {
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
      return;
    }
    const { input } = this.field;
    const inField = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (event.target === input) {
      this.field.onKey(event);
    } else if (event.key === "/" && !inField && shortcutsOn()) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "?" && !inField && shortcutsOn()) {
      byId("help").showModal();
    } else if (!inField) {
      this.onListKey(event);
    }
  }

  onListKey(event) {
    const place = event.target.closest("[data-place]")?.dataset.place;
    if (place === undefined) {
      this.onScrollKey(event);
      return;
    }
    const { list } = this;
    const last = list.result.order.length - 1;
    const to = { Home: 0, End: last }[event.key] ?? list.view.neighbour(Number(place), event.key);
    if (Number.isInteger(to) && to !== Number(place)) {
      event.preventDefault();
      list.goTo(Math.min(to, last));
    }
  }

  /** The list is what scrolls, also where the focus is on the page itself or on its head. */
  onScrollKey(event) {
    const { key, target } = event;
    if (target !== document.body && (key === " " || !target.closest(".top, .chip-row"))) {
      return;
    }
    const { scroller, viewport } = this.list;
    const page = viewport.height * (key === " " && event.shiftKey ? -PAGE : PAGE);
    const by = { PageDown: page, " ": page, PageUp: -page, Home: -Infinity, End: Infinity }[key];
    if (by !== undefined) {
      event.preventDefault();
      scroller.scrollTop = Math.min(scroller.scrollHeight, Math.max(0, scroller.scrollTop + by));
    }
  }
}
