import { card } from "./card.js";
import { el, plural } from "./dom.js";
import { create, patch, vnode } from "./vnode.js";
import { focusedPlace, range, VirtualList, withPlace } from "./virtual-list.js";

const GAP = 12;

/** Padding and border of a card on both sides, and what a small letter of a tag takes, in rem. */
const CARD_EDGES = 1.875;
const LETTER = 0.42;

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
    this.placed = [];
    /** By group, what shows it: {root, heading, headingVnode, list}. */
    this.sections = new Map();
    /** The sections of the result before, until the next one has taken them over. */
    this.spare = [];
    /** Nothing lies over the top of the list, as the table's heading does. */
    this.covered = 0;
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
    this.lettersInLine = Math.floor((cardWidth - CARD_EDGES * rem) / (LETTER * rem));
    return true;
  }

  /** Shows a result: {order, groups, query, state}. */
  show(result) {
    this.result = result;
    this.spare = this.placed.map((group) => this.sections.get(group)).filter(Boolean);
    this.spare.forEach(({ list }) => list.renew());
    this.sections.clear();
    this.place();
    this.draw();
    this.spare.forEach(({ root }) => root.remove());
    this.spare = [];
  }

  clear() {
    this.sections.forEach(({ root }) => root.remove());
    this.sections.clear();
  }

  /** By place, the cards that exist. */
  get drawn() {
    return new Map([...this.sections.values()].flatMap(({ list }) => [...list.elements]));
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
    this.drawSections(wanted);
  }

  /** Time for what is not in sight; a card is whole from the start. */
  complete() {}

  /** A card that has the focus stays, wherever the reader scrolls. */
  keepFocused(wanted) {
    const k = focusedPlace(this.box);
    const group = k === null ? undefined : this.placed.find(({ end }) => k < end);
    if (group) {
      wanted.set(group, withPlace(wanted.get(group) ?? [], k));
    }
  }

  drawSections(wanted) {
    for (const [group, section] of this.sections) {
      if (!wanted.has(group)) {
        section.root.remove();
        this.sections.delete(group);
      }
    }
    let after = this.sampleHeading;
    for (const group of this.placed) {
      if (wanted.has(group)) {
        const section = this.sections.get(group) ?? this.open(group, after);
        section.list.show(wanted.get(group));
        after = section.root;
      }
    }
  }

  /** A section for a group, a spare one if there is one. */
  open(group, after) {
    const section = this.spare.shift() ?? newSection(after);
    const heading = this.heading(group);
    patch(section.heading, section.headingVnode, heading);
    section.headingVnode = heading;
    section.list.vnodeAt = (k) => this.vnodeAt(group, k);
    this.sections.set(group, section);
    return section;
  }

  heading(group) {
    if (group.name === null) {
      return vnode("h3", { hidden: true });
    }
    return vnode(
      "h3",
      { class: "group-name", title: this.types.roiDescription(group.name) || null, style: { top: `${group.top}px` } },
      vnode("bdi", {}, group.name),
      vnode("span", { class: "quiet" }, ` ${plural(group.end - group.start, "type")}`),
    );
  }

  vnodeAt(group, k) {
    const { order, query, state } = this.result;
    const column = (k - group.start) % this.columns;
    const described = this.vnodeFor(order[k], query, state);
    Object.assign(described.attributes, {
      "data-place": k,
      "aria-setsize": group.end - group.start,
      "aria-posinset": k - group.start + 1,
      style: {
        left: `${column * (this.cardWidth + GAP)}px`,
        top: `${this.topOf(k)}px`,
        width: `${this.cardWidth}px`,
        height: `${this.cardHeight}px`,
      },
    });
    return described;
  }

  /** A type's card, without its place. */
  vnodeFor(i, query, state) {
    return card(this.types, i, query, state, this.lettersInLine);
  }

  /** Which type an arrow key leads to from another. */
  neighbour(k, key) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.columns, ArrowUp: -this.columns };
    return k + step[key];
  }
}

function newSection(after) {
  const box = el("ul", { role: "list" });
  const headingVnode = vnode("h3", {});
  const heading = create(headingVnode);
  const root = el("section", { class: "group" }, heading, box);
  after.after(root);
  return { root, heading, headingVnode, list: new VirtualList(box) };
}

function sampleLines() {
  const line = (name, ...content) => el("div", { class: name }, ...content);
  const tagLine = () => el("span", { class: "tag" }, "X");
  return [
    line("card-head", el("span", { class: "name" }, "X"), el("span", { class: "icon" }, "X")),
    line("sides", el("span", { class: "side" }, "X")),
    el("span", { class: "balance" }),
    line("traits", tagLine()),
    line("traits", tagLine()),
    el("span", { class: "bar" }, "X"),
    el("span", { class: "bar" }, "X"),
    line("tags tags-full", tagLine(), tagLine()),
  ];
}
