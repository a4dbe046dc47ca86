import { Cards } from "./cards.js";
import { byId, setAttribute, setHidden } from "./dom.js";
import { IdleDrawing } from "./idle-drawing.js";
import { ScrollAnchor } from "./scroll-anchor.js";
import { LOW } from "./settings.js";
import { Table } from "./table.js";

/** How much of the list's height is drawn beyond what is in sight, while the reader scrolls and otherwise. */
const BEYOND_SCROLLING = 1 / 3;
const BEYOND_RESTING = 1 / 4;

/** How many pixels are left above or below a type that is scrolled to. */
const MARGIN = 48;

/** The types found, as cards or as a table, in a box that scrolls: what of them is drawn, and when. */
export class ResultList {
  constructor(types, viewport) {
    this.viewport = viewport;
    this.scroller = viewport.scroller;
    this.viewButtons = document.querySelectorAll("[data-view]");
    this.views = {
      cards: new Cards(viewport, byId("cards"), types),
      table: new Table(viewport, byId("table"), types),
    };
    this.anchor = new ScrollAnchor(viewport, this.scroller);
    this.idleDrawing = new IdleDrawing(() => this.drawMore());
    /** What is shown: {order, groups, sort, query, state, hidden}. */
    this.result = null;
    /** Whether the reader has scrolled the present result. */
    this.scrolls = false;
  }

  get view() {
    return this.views[this.result.state.view];
  }

  show(result) {
    this.result = result;
    const { view } = result.state;
    for (const name in this.views) {
      setHidden(byId(name), name !== view || result.order.length === 0);
      if (name !== view) {
        this.views[name].clear();
      }
    }
    this.scroller.classList.toggle("as-table", !byId("table").hidden);
    for (const button of this.viewButtons) {
      setAttribute(button, "aria-pressed", String(button.dataset.view === view));
    }
    this.viewport.scrollTo(0);
    this.scrolls = false;
    this.view.show(result);
    this.idleDrawing.afterFrame();
  }

  scrollTo(top) {
    this.viewport.scrollTo(top);
    this.view.draw();
  }

  /** The place on the screen of the type that a control belongs to, or else of the first in sight. */
  remember(control = null) {
    return this.anchor.remember(this.view, this.result.order, control);
  }

  restore(place) {
    this.anchor.restore(this.view, this.result.order, place);
  }

  /**
   * What is not in sight: what a scroll would reach first, where the reader may be about to scroll.
   * The last type drawn is never wholly in sight, so to go on to it brings the next ones. What is drawn
   * stays while the list is the same: something may hold on to it.
   */
  drawMore() {
    const { scroller } = this;
    const near = this.scrolls || scroller.matches(":hover") || scroller.contains(document.activeElement);
    if (near) {
      this.view.draw(this.viewport.height * BEYOND_RESTING);
    }
    this.view.complete(near);
  }

  /** Takes new measures; true if the view has to be drawn again. */
  measure() {
    this.viewport.read();
    const cards = this.views.cards.measure();
    const table = this.views.table.measure();
    return this.result?.state.view === "table" ? table : cards;
  }

  /** A low window has room for the header or for the list: the header scrolls away with the list. */
  fillWindow() {
    if (LOW.matches) {
      this.scroller.scrollIntoView({ block: "end" });
    }
  }

  /** Scrolls only as far as it must to show the k-th type, and puts the focus on its name. */
  goTo(k) {
    if (k < 0 || k >= this.result.order.length) {
      return;
    }
    const { viewport, view } = this;
    const top = viewport.listTop + view.topOf(k);
    if (top - MARGIN < viewport.top) {
      viewport.scrollTo(Math.max(0, top - MARGIN));
    } else if (top + view.cardHeight + MARGIN > viewport.top + viewport.height) {
      // A low window may not have the room for a whole card; then it shows its top.
      viewport.scrollTo(Math.min(top, top + view.cardHeight + MARGIN - viewport.height));
    }
    this.fillWindow();
    view.draw(viewport.height * BEYOND_SCROLLING);
    view.drawn.get(k)?.querySelector(".name")?.focus({ preventScroll: true });
  }

  /** The first type found, or else the first way out of an empty list. */
  focusFirst() {
    if (this.result.order.length > 0) {
      this.goTo(0);
    } else {
      byId("nothing").querySelector("button")?.focus();
    }
  }

  listen() {
    this.scroller.addEventListener("scroll", () => this.onScroll(), { passive: true });
    for (const event of ["pointerenter", "focusin"]) {
      this.scroller.addEventListener(event, () => this.idleDrawing.afterFrame());
    }
    // Browsers take what lies under the table's headings for visible, and let be what a row that
    // scrolls cuts in two, so the padding alone does not help.
    for (const box of [byId("table"), byId("overview-chart"), document.querySelector(".tools")]) {
      box.addEventListener("focusin", ({ target }) => {
        if (target.matches(":focus-visible")) {
          target.scrollIntoView({ block: "nearest", inline: "nearest" });
        }
      });
    }
    const observer = new ResizeObserver((entries) => {
      const isListAlone = entries.every(({ target }) => target === this.scroller);
      if (!isListAlone || !this.viewport.isAsTold) {
        this.onResize();
      }
    });
    [this.scroller, byId("overview"), this.views.cards.sample].forEach((box) => observer.observe(box));
  }

  onScroll() {
    const { top, left, height } = this.viewport;
    this.viewport.scrolled();
    // The page's own scrolls draw what they lead to.
    if (this.viewport.top === top && this.viewport.left === left) {
      return;
    }
    if (this.viewport.top > 0) {
      this.fillWindow();
    }
    this.scrolls = true;
    const jumped = Math.abs(this.viewport.top - top) > height;
    this.view.draw(jumped ? 0 : height * BEYOND_SCROLLING);
    this.idleDrawing.afterScrolling();
  }

  onResize() {
    const { height } = this.viewport;
    const place = this.remember();
    if (this.measure()) {
      this.view.show(this.result);
      this.restore(place);
    }
    // What a lower list no longer has in sight may stay: to take it away lays this frame out again.
    this.view.draw(Math.max(0, height - this.viewport.height));
    this.idleDrawing.afterFrame();
  }
}
