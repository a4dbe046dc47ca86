import { card } from "./card.js";
import { el, plural } from "./dom.js";

const GAP = 12;

/**
 * The cards of a result in a scrolling box; only those in sight, and some around them, exist. All
 * cards are equally high, as high as a hidden one with every line full, so a reader who enlarges
 * the text gets higher cards and nothing is cut.
 */
export class Cards {
  constructor(viewport, box, types) {
    this.viewport = viewport;
    this.box = box;
    this.types = types;
    this.result = { order: [], groups: null, query: "" };
    this.drawn = new Map();
    /** Nothing lies over the top of the list, as the table's heading does. */
    this.covered = 0;
    this.sections = new Map();
    this.sample = el("div", { class: "card sample", "aria-hidden": "true" });
    this.sample.append(...sampleLines());
    this.sampleHeading = el("h3", { class: "group-name sample", "aria-hidden": "true" }, "X");
    this.box.append(this.sample, this.sampleHeading);
  }

  /** Fits the cards into the room there is; true if that changes them. */
  measure() {
    const { width, rem } = this.viewport;
    const columns = Math.max(1, Math.floor((width + GAP) / (18.5 * rem + GAP)));
    const cardWidth = Math.floor((width - GAP * (columns - 1)) / columns);
    this.sample.style.width = `${cardWidth}px`;
    const cardHeight = Math.ceil(this.sample.offsetHeight);
    const headHeight = Math.ceil(this.sampleHeading.offsetHeight);
    const key = [columns, cardWidth, cardHeight, headHeight].join();
    if (key === this.key || cardHeight === 0) {
      return false;
    }
    Object.assign(this, { key, columns, cardWidth, cardHeight, headHeight });
    return true;
  }

  /** Shows a result: {order, groups, query, state}. */
  show(result) {
    this.result = result;
    this.clear();
    this.place();
    this.draw();
  }

  clear() {
    for (const section of this.sections.values()) {
      section.root.remove();
    }
    this.sections.clear();
    this.drawn.clear();
  }

  /** Works out where each group begins. */
  place() {
    const { order, groups } = this.result;
    const all = groups ?? [{ name: null, start: 0, end: order.length }];
    let top = 0;
    this.placed = all.map((group) => {
      const head = group.name === null ? 0 : this.headHeight;
      const rows = Math.ceil((group.end - group.start) / this.columns);
      const placed = { ...group, top, head, rows };
      top += head + rows * (this.cardHeight + GAP);
      return placed;
    });
    this.box.style.height = `${top}px`;
  }

  /** The place of the k-th type of the result, in pixels from the top of the box. */
  topOf(k) {
    const group = this.placed.find(({ end }) => k < end);
    const row = Math.floor((k - group.start) / this.columns);
    return group.top + group.head + row * (this.cardHeight + GAP);
  }

  /** Draws the cards in sight and those within a number of pixels around. */
  draw(around = 0) {
    const { top, height, listTop } = this.viewport;
    const from = top - listTop - around;
    const to = from + height + 2 * around;
    const wanted = new Map();
    const rowHeight = this.cardHeight + GAP;
    for (const group of this.placed) {
      const first = Math.floor((from - group.top - group.head) / rowHeight);
      const last = Math.floor((to - group.top - group.head) / rowHeight);
      if (last < -1 || first >= group.rows) {
        continue;
      }
      const start = group.start + Math.max(0, first) * this.columns;
      const end = Math.min(group.end, group.start + (last + 1) * this.columns);
      wanted.set(group, range(start, end));
    }
    this.keepFocused(wanted);
    this.update(wanted);
  }

  /** A card that has the focus stays, wherever the reader scrolls. */
  keepFocused(wanted) {
    const focused = document.activeElement?.closest("[data-place]");
    if (!focused || !this.box.contains(focused)) {
      return;
    }
    const k = Number(focused.dataset.place);
    const group = this.placed.find(({ end }) => k < end);
    const places = wanted.get(group) ?? [];
    if (!places.includes(k)) {
      places.push(k);
      places.sort((a, b) => a - b);
      wanted.set(group, places);
    }
  }

  update(wanted) {
    for (const [group, section] of this.sections) {
      if (!wanted.has(group)) {
        section.root.remove();
        section.cards.forEach((_, k) => this.drawn.delete(k));
        this.sections.delete(group);
      }
    }
    let after = this.sampleHeading;
    for (const group of this.placed) {
      if (wanted.has(group)) {
        const section = this.sections.get(group) ?? this.open(group, after);
        this.fill(section, group, wanted.get(group));
        after = section.root;
      }
    }
  }

  open(group, after) {
    const list = el("ul", { role: "list" });
    const root = el("section", { class: "group" });
    if (group.name !== null) {
      const heading = el(
        "h3",
        { class: "group-name", title: this.types.roiDescription(group.name) || null },
        el("bdi", {}, group.name),
        el("span", { class: "quiet" }, ` ${plural(group.end - group.start, "type")}`),
      );
      heading.style.top = `${group.top}px`;
      root.append(heading);
    }
    root.append(list);
    after.after(root);
    const section = { root, list, cards: new Map() };
    this.sections.set(group, section);
    return section;
  }

  fill(section, group, places) {
    const keep = new Set(places);
    for (const [k, element] of section.cards) {
      if (!keep.has(k)) {
        element.remove();
        section.cards.delete(k);
        this.drawn.delete(k);
      }
    }
    let next = section.list.firstElementChild;
    for (const k of places) {
      const known = section.cards.get(k);
      if (known) {
        next = known.nextElementSibling;
        continue;
      }
      const element = this.make(group, k);
      section.list.insertBefore(element, next);
      section.cards.set(k, element);
      this.drawn.set(k, element);
    }
  }

  make(group, k) {
    const { order, query, state } = this.result;
    const element = this.element(order[k], query, state);
    const column = (k - group.start) % this.columns;
    element.dataset.place = k;
    element.setAttribute("aria-setsize", group.end - group.start);
    element.setAttribute("aria-posinset", k - group.start + 1);
    element.style.left = `${column * (this.cardWidth + GAP)}px`;
    element.style.top = `${this.topOf(k)}px`;
    element.style.width = `${this.cardWidth}px`;
    element.style.height = `${this.cardHeight}px`;
    return element;
  }

  /** A type's card, without its place. */
  element(i, query, state) {
    return card(this.types, i, query, state);
  }

  /** Which type an arrow key leads to from another. */
  neighbour(k, key) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.columns, ArrowUp: -this.columns };
    return k + step[key];
  }
}

function range(start, end) {
  return Array.from({ length: Math.max(0, end - start) }, (_, k) => start + k);
}

function sampleLines() {
  const line = (name, ...content) => el("div", { class: name }, ...content);
  const tagLine = () => el("span", { class: "tag" }, "X");
  return [
    line("card-head", el("span", { class: "name" }, "X"), el("span", { class: "icon" }, "X")),
    line("sides", el("span", { class: "side" }, "X")),
    el("span", { class: "balance" }),
    line("traits", tagLine()),
    el("span", { class: "bar" }, "X"),
    el("span", { class: "bar" }, "X"),
    line("tags tags-full", tagLine(), tagLine()),
  ];
}
