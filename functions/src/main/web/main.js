import { Address } from "./address.js";
import { Cards } from "./cards.js";
import { Chips } from "./chips.js";
import { copy } from "./copy.js";
import { showDetails } from "./details.js";
import { byId, el, isolated, layOut, number, plural, setAttribute, setHidden, setText } from "./dom.js";
import { download, toCsv, toJson } from "./export.js";
import { facetsOf } from "./facets.js";
import { Filter } from "./filter.js";
import { Orders } from "./order.js";
import { More } from "./more.js";
import { made, update } from "./part.js";
import { Overview } from "./overview.js";
import { nothingFound } from "./nothing.js";
import { Places } from "./places.js";
import { fillPrint } from "./print.js";
import { NameSearch } from "./search.js";
import { listenToSettings, LOW, NARROW, shortcutsOn } from "./settings.js";
import { Sidebar } from "./sidebar.js";
import { SortMenu } from "./sorting.js";
import { toggled, unfiltered, without } from "./state.js";
import { Table } from "./table.js";
import { Types, unpack } from "./types.js";
import { Viewport } from "./viewport.js";

/** How long after the page's start what changes will need is made. */
const PAUSE = 200;

/** How long after a change a reader is taken to have made the last one for now. */
const REST = 600;

/** Longer ones are cut; file systems allow 255 bytes in a name, and a letter may take four. */
const LETTERS_IN_FILE_NAME = 60;
const LETTERS_IN_TITLE = 100;

/** How much of the list's height is drawn beyond what is in sight, while the reader scrolls and otherwise. */
const BEYOND_SCROLLING = 1 / 3;
const BEYOND_RESTING = 1 / 4;

/** How much of the list's height a page is: browsers leave about an eighth in sight. */
const PAGE = 0.875;

/** About as many cards as a window shows. */
const REHEARSED = 12;

class Page {
  constructor(types) {
    this.types = types;
    this.title = document.title;
    this.facets = facetsOf(types);
    this.address = new Address(this.facets.map(({ key }) => key));
    this.search = new NameSearch(types);
    this.filter = new Filter(types, this.facets, this.search);
    this.orders = new Orders(types);
    this.field = byId("search");
    this.scroller = byId("results");
    /** Whether the reader has scrolled the present list. */
    this.scrolls = false;
    this.viewButtons = document.querySelectorAll("[data-view]");
    this.sorting = new SortMenu(byId("sort"), (sort) => this.change({ ...this.state, sort }));
    this.overview = new Overview(types, this.facets.find(({ key }) => key === "region"));
    this.chips = new Chips(this.facets);
    this.viewport = new Viewport(this.scroller, byId("overview"), this.chips.row);
    this.views = {
      cards: new Cards(this.viewport, byId("cards"), types),
      table: new Table(this.viewport, byId("table"), types),
    };
    this.places = new Places(this.viewport, this.scroller);
    this.keepRoom();
    this.more = new More(() => this.drawMore());
    this.measure();
    this.sidebar = new Sidebar(this.facets, byId("facets"), (key, value) =>
      this.change(toggled(this.state, key, value)),
    );
    this.listen();
    this.load();
    setTimeout(() => this.prepare(), PAUSE);
  }

  /** Leaves the numbers of types as much room as they ever need, so that nothing beside them moves. */
  keepRoom() {
    const all = number(this.types.size);
    setText(byId("count"), `${all} of ${plural(this.types.size, "type")}`);
    const box = byId("count").parentElement;
    box.style.minWidth = `${box.offsetWidth / this.viewport.rem}rem`;
  }

  /** Makes what the first changes will need, a little at a time, once the first types are painted. */
  prepare() {
    const steps = [
      () => this.search.ready(),
      ...this.facets.map((facet) => () => facet.ready()),
      () => this.rehearse(),
    ];
    const next = () => {
      steps.shift()?.();
      if (steps.length > 0) {
        setTimeout(next);
      }
    };
    next();
  }

  /**
   * Finds types by a letter and makes their cards, unseen: the browser compiles a script as it is
   * first needed, and the first letter typed should not wait for that.
   */
  rehearse() {
    const state = { ...this.state, q: "a", sort: "", chosen: new Map() };
    const result = this.filter.apply(state);
    const { order } = this.inOrder(state, result);
    this.facets.forEach((facet) => this.filter.counts(facet, result));
    const parts = [...order.subarray(0, REHEARSED)].map((i) => this.view.part(i, result.query, state));
    const element = made(parts[0]);
    parts.slice(1).forEach((next, k) => update(element, parts[k], next));
  }

  get view() {
    return this.views[this.state.view];
  }

  /** Takes the state from the address, and the place in the list from the browser's history. */
  load() {
    this.state = this.address.read();
    this.field.value = this.state.q;
    this.typing = false;
    this.show();
    this.viewport.scrollTo(this.address.place);
    this.view.draw();
  }

  /**
   * Another choice. Each is an entry in the browser's history; letters typed one after the other
   * share theirs.
   */
  change(state, { typing = false, place = null } = {}) {
    const sharesEntry = typing && this.typing;
    const scrolled = this.viewport.top;
    this.state = state;
    this.typing = typing;
    if (!typing) {
      this.field.value = state.q;
    }
    this.show();
    if (place) {
      this.places.restore(this.view, this.result.order, place);
    }
    if (sharesEntry) {
      this.address.follow(state);
    } else if (typing) {
      this.address.begin(state, scrolled);
    } else {
      // Last, and with everything laid out: what the browser does for a new entry, beside the page, takes
      // time from a change that is still at work.
      layOut();
      this.address.push(state, scrolled);
    }
  }

  show() {
    const { state, types } = this;
    const result = this.filter.apply(state);
    const ordered = this.inOrder(state, result);
    this.result = { ...ordered, query: result.query, state };
    setText(byId("count"), `${number(result.count)} of ${plural(types.size, "type")}`);
    setText(byId("neurons"), plural(neuronsOf(types, ordered.order), "neuron"));
    setText(byId("filters-count"), byId("count").textContent);
    setText(byId("filters-close"), `Show ${plural(result.count, "type")}`);
    this.showChips();
    clearTimeout(this.titleTimer);
    this.titleTimer = setTimeout(() => this.showTitle(), REST);
    byId("filters-button").classList.toggle("active", state.chosen.size > 0);
    this.sorting.show(state, ordered.sort);
    this.sidebar.show(state, this.filter, result);
    this.overview.show(state, this.filter.meet(result.text, result.unions, "region"));
    nothingFound(this, result);
    this.showView();
  }

  /** The list is told at once of the room that the line of chips leaves or takes. */
  showChips() {
    const { chips, viewport, state } = this;
    const before = chips.row.hidden;
    chips.show(state);
    const after = chips.row.hidden;
    // A low window's list is as high as the window.
    if (before !== after && !LOW.matches) {
      viewport.chipsToggled(before);
    }
  }

  /** What is chosen, in words: ["lc", "Region OL"]. */
  chosenWords() {
    const { q, chosen } = this.state;
    const words = q ? [q] : [];
    for (const facet of this.facets) {
      words.push(...(chosen.get(facet.key) ?? []).map((value) => `${facet.label} ${facet.name(value)}`));
    }
    return words;
  }

  /**
   * Tells windows and bookmarks apart by what is chosen in them; when the reader pauses, because a
   * title takes the browser some milliseconds.
   */
  showTitle() {
    const words = this.chosenWords().map(isolated).join(", ");
    const title = shortened(words, LETTERS_IN_TITLE);
    document.title = title ? `${title} – ${this.title}` : this.title;
  }

  showView() {
    const { view } = this.state;
    for (const name in this.views) {
      setHidden(byId(name), name !== view || this.result.order.length === 0);
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
    this.copied?.classList.remove("done");
    this.view.show(this.result);
    this.more.next();
  }

  inOrder({ q, sort }, result) {
    const used = sort || (q ? "match" : "region");
    const key = used.replace(/^-/, "");
    const descending = used.startsWith("-");
    if (key === "region") {
      return { sort: used, ...this.orders.byRegion(descending, result.matching) };
    }
    if (key === "match") {
      const order = this.orders.byMatch(this.search, result.query, result.matching);
      return { sort: used, order, groups: null };
    }
    return { sort: used, order: this.orders.by(key, descending, result.matching), groups: null };
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
    return this.state?.view === "table" ? table : cards;
  }

  /** A low window has room for the header or for the list: the header scrolls away with the list. */
  fillWindow() {
    if (LOW.matches) {
      this.scroller.scrollIntoView({ block: "end" });
    }
  }

  /** The list is what scrolls, also where the focus is on the page itself or on its head. */
  onScrollKey(event) {
    const { key, target } = event;
    if (target !== document.body && (key === " " || !target.closest(".top, .chip-row"))) {
      return;
    }
    const { height } = this.viewport;
    const page = height * (key === " " && event.shiftKey ? -PAGE : PAGE);
    const by = { PageDown: page, " ": page, PageUp: -page, Home: -Infinity, End: Infinity }[key];
    if (by !== undefined) {
      event.preventDefault();
      const end = this.scroller.scrollHeight;
      this.scroller.scrollTop = Math.min(end, Math.max(0, this.scroller.scrollTop + by));
    }
  }

  /** Scrolls only as far as it must to show the k-th type, and puts the focus on its name. */
  goTo(k) {
    if (k < 0 || k >= this.result.order.length) {
      return;
    }
    const { viewport, view } = this;
    const top = viewport.listTop + view.topOf(k);
    const margin = 48;
    if (top - margin < viewport.top) {
      viewport.scrollTo(Math.max(0, top - margin));
    } else if (top + view.cardHeight + margin > viewport.top + viewport.height) {
      viewport.scrollTo(top + view.cardHeight + margin - viewport.height);
    }
    this.fillWindow();
    view.draw(viewport.height * BEYOND_SCROLLING);
    view.drawn.get(k)?.querySelector(".name")?.focus({ preventScroll: true });
  }

  listen() {
    byId("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.goTo(0);
    });
    this.field.addEventListener("input", () => {
      const q = this.field.value.trim();
      if (q !== this.state.q) {
        this.change({ ...this.state, q }, { typing: true });
      }
    });
    this.field.addEventListener("change", () => {
      this.address.flush();
      this.typing = false;
    });
    addEventListener("popstate", () => this.load());
    addEventListener("pagehide", () => {
      this.address.flush();
      this.address.rememberPlace(this.scroller.scrollTop);
    });
    document.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("pointerdown", (event) => closeByBackdrop(event));
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.scroller.addEventListener(
      "scroll",
      () => {
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
        this.more.soon();
      },
      { passive: true },
    );
    for (const event of ["pointerenter", "focusin"]) {
      this.scroller.addEventListener(event, () => this.more.next());
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
    const resized = new ResizeObserver((entries) => {
      const isListAlone = entries.every(({ target }) => target === this.scroller);
      if (!isListAlone || !this.viewport.isAsTold) {
        this.resized();
      }
    });
    [this.scroller, byId("overview"), this.views.cards.sample].forEach((box) => resized.observe(box));
    addEventListener("beforeprint", () => fillPrint(this.types, this.result.order));
    addEventListener("afterprint", () => byId("print").replaceChildren());
    listenToSettings();
  }

  resized() {
    const { height } = this.viewport;
    const place = this.places.remember(this.view, this.result.order);
    if (this.measure()) {
      this.view.show(this.result);
      this.places.restore(this.view, this.result.order, place);
    }
    // What a lower list no longer has in sight may stay: to take it away lays this frame out again.
    this.view.draw(Math.max(0, height - this.viewport.height));
    this.more.next();
  }

  onClick(event) {
    const target = event.target.closest("button, [data-focus]");
    if (!target) {
      return;
    }
    const { facet, value, drop, copy: copied, details, sort, view, focus } = target.dataset;
    if (facet !== undefined) {
      this.clickTag(target, facet, value);
    } else if (drop !== undefined) {
      this.clickDrop(target, drop, value);
    } else if (copied !== undefined) {
      this.copyName(target, Number(copied));
    } else if (details !== undefined) {
      showDetails(this.types, Number(details), this.state);
    } else if (sort !== undefined) {
      this.change({ ...this.state, sort: this.sorting.next(sort, this.result.sort) });
    } else if (view !== undefined) {
      this.change({ ...this.state, view }, { place: this.places.remember(this.view, this.result.order) });
    } else if (target.dataset.export !== undefined) {
      this.exportAs(target.dataset.export);
    } else if ("close" in target.dataset) {
      target.closest("dialog").close();
    } else if (focus !== undefined) {
      event.preventDefault();
      byId(focus).focus();
    } else if (target.id === "reset") {
      this.change(unfiltered(this.state));
      this.focusChip(0);
    }
  }

  clickTag(target, facet, value) {
    const dialog = target.closest("dialog");
    dialog?.close();
    const type = target.closest("[data-type]")?.dataset.type;
    const part = dialog ? this.scroller.querySelector(`[data-type="${type}"] [data-details]`) : target;
    const place = type === undefined ? null : this.places.remember(this.view, this.result.order, part);
    this.change(toggled(this.state, facet, value), { place });
  }

  /** A chip leaves the focus to its neighbour, a way out of an empty list to the first type found. */
  clickDrop(target, key, value) {
    const at = [...byId("chips").children].indexOf(target);
    this.change(this.dropped(key, value));
    if (at >= 0) {
      this.focusChip(at);
    } else {
      this.focusFirst();
    }
  }

  /** Where no chip is left the search field takes the focus, or what opens no keyboard on a phone. */
  focusChip(at) {
    const chips = byId("chips").children;
    const other = NARROW.matches ? byId("filters-button") : this.field;
    (chips[at] ?? chips[at - 1] ?? other).focus();
  }

  /** The first type found, or else the first way out of an empty list. */
  focusFirst() {
    if (this.result.order.length > 0) {
      this.goTo(0);
    } else {
      byId("nothing").querySelector("button")?.focus();
    }
  }

  /** The state without one filter, or without one choice of it. */
  dropped(key, value) {
    if (key === "q") {
      return { ...this.state, q: "" };
    }
    return value === undefined ? without(this.state, key) : toggled(this.state, key, value);
  }

  async copyName(button, i) {
    const done = await copy(this.types.names[i], button.parentElement);
    setText(byId("said"), done ? `Copied ${isolated(this.types.names[i])}` : "The browser did not allow copying");
    button.classList.toggle("done", done);
    this.copied = button;
    setTimeout(() => button.classList.remove("done"), 1500);
  }

  exportAs(form) {
    const { order } = this.result;
    const words = [document.body.dataset.dataset, "types", ...this.chosenWords()].join("-");
    const name = shortened(words.replace(/[^\p{L}\p{N}._+–-]+/gu, "-"), LETTERS_IN_FILE_NAME).replace(/-+$/, "");
    if (form === "csv") {
      download(toCsv(this.types, order), "text/csv;charset=utf-8", `${name}.csv`);
    } else {
      download(toJson(this.types, order), "application/json", `${name}.json`);
    }
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
      return;
    }
    const inField = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (event.target === this.field) {
      this.onFieldKey(event);
    } else if (event.key === "/" && !inField && shortcutsOn()) {
      event.preventDefault();
      this.field.focus();
      this.field.select();
    } else if (event.key === "?" && !inField && shortcutsOn()) {
      byId("help").showModal();
    } else if (!inField) {
      this.onListKey(event);
    }
  }

  onFieldKey(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.goTo(0);
    } else if (event.key === "Escape" && this.state.q) {
      event.preventDefault();
      this.change({ ...this.state, q: "" });
    }
  }

  onListKey(event) {
    const place = event.target.closest("[data-place]")?.dataset.place;
    if (place === undefined) {
      this.onScrollKey(event);
      return;
    }
    const last = this.result.order.length - 1;
    const to = { Home: 0, End: last }[event.key] ?? this.view.neighbour(Number(place), event.key);
    if (Number.isInteger(to) && to !== Number(place)) {
      event.preventDefault();
      this.goTo(Math.min(to, last));
    }
  }
}

/** The backdrop belongs to the dialog, but lies outside its box. */
function closeByBackdrop({ target, clientX, clientY }) {
  if (!target.matches("dialog")) {
    return;
  }
  const { left, right, top, bottom } = target.getBoundingClientRect();
  if (clientX < left || clientX > right || clientY < top || clientY > bottom) {
    target.close();
  }
}

/** The first so many letters of a text, no letter cut in two. */
function shortened(text, letters) {
  return Array.from(text).slice(0, letters).join("");
}

/** All neurons of some types, as far as they are known. */
function neuronsOf(types, order) {
  let sum = 0;
  for (let k = 0; k < order.length; k++) {
    sum += Math.max(0, types.total[order[k]]);
  }
  return sum;
}

async function start() {
  const { types: file } = document.body.dataset;
  const packed = globalThis.quickpageIndexTypes;
  delete globalThis.quickpageIndexTypes;
  if (packed === undefined) {
    giveUp(`The file ${file} is missing or broken.`);
    return;
  }
  if (!globalThis.DecompressionStream) {
    giveUp("This browser is too old for this page.");
    return;
  }
  let columns;
  try {
    columns = await unpack(packed);
  } catch (error) {
    giveUp(`The file ${file} is broken.`);
    throw error;
  }
  try {
    new Page(new Types(columns));
    document.documentElement.classList.add("ready");
  } catch (error) {
    giveUp(`The types cannot be shown: ${error.message}`);
    throw error;
  }
}

/** Says why there are no types to filter, and where they are found all the same. */
function giveUp(reason) {
  const box = byId("nothing");
  box.hidden = false;
  box.replaceChildren(
    el("p", { class: "nothing-title" }, reason),
    el("p", {}, "All pages are in ", el("a", { href: document.body.dataset.list }, "a plain list"), "."),
  );
}

start();
