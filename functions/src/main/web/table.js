import { el, isolated, number } from "./dom.js";
import { areTight, matchedAlias, marked, nameLink, profileBars, balanceBar, regionTag, roiTag, tag } from "./fragments.js";
import { deferred, padded, vnode } from "./vnode.js";
import { focusedPlace, range, VirtualList, withPlace } from "./virtual-list.js";
import { STATUS } from "./types.js";

/** The one column that the list cannot be sorted by. */
const PROFILE = "profile";

/** Columns: key, which is that of an order, too; heading, width in rem, what stands in a cell. */
const COLUMNS = [
  ["name", "Name", 15, (types, i, query) => [nameLink(types, i, query), alias(types, i, query), detailsButton(types, i)]],
  ["total", "Cells", 5, (types, i) => linked(types, i, "combined", "total")],
  ["left", "Left", 4.5, (types, i) => linked(types, i, "left", "left")],
  ["right", "Right", 4.75, (types, i) => linked(types, i, "right", "right")],
  ["middle", "Middle", 5.5, (types, i) => linked(types, i, "middle", "middle")],
  ["unknown", "Unknown", 6.25, (types, i) => [count(types.count("unknown", i))]],
  ["balance", "Balance", 6, (types, i) => [balanceBar(types, i)]],
  ["parent", "Main region", 8, (types, i, _, state) => region(types, i, state)],
  ["roi", "ROIs", 16, (types, i, _, state) => rois(types, i, state)],
  [PROFILE, "Input and output", 9, (types, i) => profile(types, i)],
  ["nt", "Neurotransmitter", 10.5, (types, i, _, state) => tags("nt", [types.transmitter(i)], state)],
  ["superclass", "Superclass", 10.5, (types, i, _, state) => tags("superclass", types.list("superclasses", i), state)],
  ["class", "Class", 9, (types, i, _, state) => tags("class", types.list("classes", i), state)],
  ["subclass", "Subclass", 9, (types, i, _, state) => tags("subclass", types.list("subclasses", i), state)],
  ["dimorphism", "Dimorphism", 9, (types, i, _, state) => tags("dimorphism", [types.value("dimorphism", i)], state)],
  ["neuromere", "Soma neuromere", 9.5, (types, i, _, state) => tags("neuromere", types.list("somaNeuromeres", i), state)],
  ["hemilineage", "Hemilineage", 8.5, (types, i, _, state) => tags("hemilineage", types.list("hemilineages", i), state)],
  ["pre", "Pre", 6, (types, i) => [count(types.count("pre", i))]],
  ["post", "Post", 6, (types, i) => [count(types.count("post", i))]],
];

/** The columns that a reader may hide, all but the first: {key, label}. */
export const OTHER_COLUMNS = COLUMNS.slice(1).map(([key, label]) => ({ key, label }));

const NUMERIC = new Set(["total", "left", "right", "middle", "unknown", "pre", "post"]);

/** The types of a result as a table with one line each; only the lines in sight exist. */
export class Table {
  constructor(viewport, box, types) {
    this.viewport = viewport;
    this.box = box;
    this.types = types;
    this.head = el("tr", { role: "row", "aria-rowindex": 1 });
    this.body = el("tbody", { role: "rowgroup" });
    this.table = el(
      "table",
      { role: "table", "aria-labelledby": "results-title" },
      el("thead", { role: "rowgroup" }, this.head),
      this.body,
    );
    this.lines = new VirtualList(this.body, (k) => this.vnodeAt(k));
    /** By place, the columns that are filled, where it is not all. */
    this.unfilled = new Map();
    this.setColumns([]);
    box.append(this.table);
  }

  /** Shows all columns but some. */
  setColumns(hidden) {
    this.hidden = hidden.join();
    this.columns = COLUMNS.filter(([key]) => !hidden.includes(key));
    const widths = this.columns.slice(1).map(([, , width]) => width);
    /** Where the cells of each column stand; the first column is narrower on a phone. */
    this.places = placesOf(widths);
    /** The cells of each column until they are filled. */
    this.empty = this.columns.map(([key], column) =>
      deferred("td", { role: "cell", class: NUMERIC.has(key) ? "number" : null, style: this.places[column] }),
    );
    /** How many columns a line is filled in; the others follow once those are painted. */
    this.filled = this.columns.length;
    this.heads = new Map();
    this.head.replaceChildren(...this.columns.map((column) => this.heading(column)));
    this.table.style.setProperty("--other-columns", widths.map((width) => `${width}rem`).join(" ") || "0rem");
    // Cells that are taken over would stand where the former columns were.
    this.lines.clear();
    this.unfilled.clear();
  }

  heading([key, label]) {
    const cell = el("th", { role: "columnheader", scope: "col", class: NUMERIC.has(key) ? "number" : null });
    if (key === PROFILE) {
      cell.append(label);
      return cell;
    }
    cell.append(el("button", { type: "button", "data-sort": key }, label));
    this.heads.set(key, cell);
    return cell;
  }

  measure() {
    const rowHeight = Math.round(2.25 * this.viewport.rem);
    const changed = this.rowHeight !== rowHeight;
    this.rowHeight = rowHeight;
    return changed;
  }

  show(result) {
    this.result = result;
    const { order, sort, hidden } = result;
    if (this.hidden !== hidden.join()) {
      this.setColumns(hidden);
    }
    const first = this.lines.elements.size === 0;
    for (const [key, cell] of this.heads) {
      if (sort === key || sort === `-${key}`) {
        cell.setAttribute("aria-sort", sort === key ? "ascending" : "descending");
      } else {
        cell.removeAttribute("aria-sort");
      }
    }
    this.table.setAttribute("aria-rowcount", order.length + 1);
    this.lines.renew();
    this.unfilled.clear();
    this.body.style.height = `${order.length * this.rowHeight}px`;
    this.draw();
    if (first) {
      this.complete(false);
    }
  }

  clear() {
    this.lines.clear();
  }

  topOf(k) {
    return (k + 1) * this.rowHeight;
  }

  /** How much of the top of the list lies under the heading, which sticks below the box's padding. */
  get covered() {
    return this.viewport.padding + this.rowHeight;
  }

  get cardHeight() {
    return this.rowHeight;
  }

  get drawn() {
    return this.lines.elements;
  }

  neighbour(k, key) {
    return { ArrowDown: k + 1, ArrowUp: k - 1 }[key] ?? k;
  }

  /** How many columns a reader sees or has passed, so that a change of them is seen. */
  columnsInSight() {
    const { left, width, rem } = this.viewport;
    let right = 0;
    const beyond = this.columns.findIndex(([, , columnWidth]) => {
      const begin = right;
      right += columnWidth * rem;
      return begin > left + width;
    });
    return beyond < 0 ? this.columns.length : beyond;
  }

  /** What is in sight has been painted: time for the rest. */
  complete(near) {
    this.fill(this.columns.length);
    this.unfilled.clear();
    this.table.removeAttribute("aria-busy");
    this.stick(near);
  }

  /**
   * Lets the names stand still where the reader scrolls, or may be about to, to the right. Each name
   * that does so is a layer of its own to the browser, which a change would wait for.
   */
  stick(near) {
    this.table.classList.toggle("sticks", near || this.viewport.left > 0);
  }

  /** Fills so many columns of the lines that have less, and of those made from now on. */
  fill(columns) {
    this.filled = columns;
    const places = [...this.unfilled].filter(([k, filled]) => filled < columns && this.lines.elements.has(k));
    this.lines.refresh(places.map(([k]) => k));
  }

  draw(around = 0) {
    if (this.viewport.left > 0) {
      this.stick(true);
    }
    this.fill(this.columnsInSight());
    const { order } = this.result;
    const { top, height, listTop } = this.viewport;
    const from = top - listTop - this.rowHeight - around;
    const to = from + height + 2 * around;
    const first = Math.max(0, Math.floor(from / this.rowHeight));
    const last = Math.min(order.length - 1, Math.floor(to / this.rowHeight));
    this.lines.show(withPlace(range(first, last + 1), focusedPlace(this.body)));
    if (this.unfilled.size > 0) {
      // Until then the columns out of sight are empty or those of another type.
      this.table.setAttribute("aria-busy", "true");
    }
  }

  vnodeAt(k) {
    const { order, query, state } = this.result;
    const described = this.vnodeFor(order[k], query, state);
    if (this.filled < this.columns.length) {
      this.unfilled.set(k, this.filled);
    } else {
      this.unfilled.delete(k);
    }
    Object.assign(described.attributes, {
      "aria-rowindex": k + 2,
      "data-place": k,
      style: { top: `${k * this.rowHeight}px`, height: `${this.rowHeight}px` },
    });
    return described;
  }

  /** A type's line, without its place. */
  vnodeFor(i, query, state) {
    const cells = this.columns.map(([key, , width, fill], column) => {
      if (column >= this.filled) {
        return this.empty[column];
      }
      const content = fill(this.types, i, query, state);
      return column === 0
        ? vnode("th", { role: "rowheader", scope: "row" }, ...content)
        : vnode("td", { role: "cell", class: NUMERIC.has(key) ? "number" : tightness(content, width), style: this.places[column] }, ...content);
    });
    const bad = this.types.status(i) === STATUS.unavailable;
    return vnode("tr", { role: "row", "data-type": i, class: bad ? "bad" : null }, ...cells);
  }
}

function placesOf(widths) {
  let left = 0;
  const styles = widths.map((width) => {
    const style = { left: `calc(var(--first-column) + ${left}rem)`, width: `${width}rem` };
    left += width;
    return style;
  });
  return [null, ...styles];
}

/** How many ROIs of a type a line has room for. */
const ROIS = 3;

/** About how many letters a rem of a cell has room for. */
const LETTERS_IN_REM = 2;

function tightness(content, width) {
  const inside = content.filter((one) => one?.attributes?.class?.startsWith("tag"));
  return areTight(inside, LETTERS_IN_REM * (width - 1)) ? "tight" : null;
}

function count(value) {
  return value < 0 ? "–" : number(value);
}

function linked(types, i, side, column) {
  const href = types.hrefs(i)[side];
  const text = count(types.count(column, i));
  return [href ? vnode("a", { href, "aria-label": `${side} ${text}, ${isolated(types.names[i])}` }, text) : text];
}

/** Says why a type is found, or why its numbers are not there. */
function alias(types, i, query) {
  if (types.status(i) === STATUS.unavailable) {
    return vnode("span", { class: "alias bad", title: isolated(types.error(i)) }, "not fetched");
  }
  if (types.status(i) === STATUS.notAsked) {
    return vnode("span", { class: "alias" }, "not asked");
  }
  if (types.status(i) === STATUS.noNeurons) {
    return vnode("span", { class: "alias" }, "no neurons");
  }
  const found = matchedAlias(types, i, query);
  return found ? vnode("span", { class: "alias", title: isolated(found) }, ...marked(found, query)) : null;
}

function detailsButton(types, i) {
  return vnode(
    "button",
    { type: "button", class: "icon", "data-details": i, "aria-label": `Details of ${isolated(types.names[i])}`, title: "Details" },
    "⋯",
  );
}

function region(types, i, state) {
  const name = types.value("parentRoi", i);
  return name ? [regionTag(types, name, state)] : [];
}

function tags(facet, values, state) {
  return values.filter(Boolean).map((value) => tag(facet, value, state));
}

function rois(types, i, state) {
  const all = types.rois(i);
  const shown = all.slice(0, ROIS).map((roi, rank) => roiTag(types, roi, rank, state));
  const hidden = all.length - shown.length;
  return [
    ...padded(shown, ROIS),
    hidden > 0
      ? vnode("button", { type: "button", class: "tag more", "data-details": i, "aria-label": `${hidden} more ROIs of ${isolated(types.names[i])}` }, `+${hidden}`)
      : null,
  ];
}

function profile(types, i) {
  const all = types.rois(i);
  return all.length > 0
    ? [vnode("span", { class: "bar-pair" }, ...profileBars(all))]
    : [];
}
