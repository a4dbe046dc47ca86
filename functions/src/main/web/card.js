import { flywireTypesOf, synonymsOf } from "./aliases.js";
import { isolated } from "./dom.js";
import { padded, vnode } from "./vnode.js";
import {
  areTight,
  balanceBar,
  lettersOf,
  marked,
  matchedAlias,
  nameLink,
  pageLinksInLine,
  profileBars,
  regionTag,
  roiTag,
  statusMark,
  tag,
  TAG_SPACE,
} from "./fragments.js";

/** A line of ROI tags holds about this many letters, a tag's own space and its dot's counted as five. */
const LETTERS_IN_TAGS = 34;

/** Other names stand on a card where a line has room for so many letters of them. */
const LETTERS_OF_NAMES = 10;

/** A name longer than this may need a second line, which it takes from the tags. */
const LETTERS_IN_NAME = 22;

/**
 * One type as a card. All cards are equally high, so each part keeps to its lines.
 *
 * @param room how many letters a line of traits holds
 */
export function card(types, i, query, state, room) {
  const name = isolated(types.names[i]);
  const mark = statusMark(types, i);
  const [first, second] = mark ? [mark, null] : traitLines(types, i, query, state, room);
  return vnode(
    "li",
    { class: "card", "data-type": i },
    vnode(
      "div",
      { class: "card-head" },
      nameLink(types, i, query),
      vnode("button", { type: "button", class: "icon copy", "data-copy": i, "aria-label": `Copy the name ${name}`, title: "Copy the name" }),
      vnode("button", { type: "button", class: "icon", "data-details": i, "aria-label": `Details of ${name}`, title: "Details" }, "⋯"),
    ),
    pageLinksInLine(types, i, state),
    balanceBar(types, i),
    first,
    second,
    ...profile(types, i, state),
  );
}

/** What tells types apart, what does so most first, as far as two lines have room for it. */
function traitLines(types, i, query, state, room) {
  const alias = matchedAlias(types, i, query);
  const lines = [new Line(room), new Line(room)];
  let [line] = lines;
  for (const trait of traits(types, i, state)) {
    const letters = lettersOf(trait.children[0]) + TAG_SPACE;
    if (!line.fits(letters) && line === lines[0] && !alias) {
      line = lines[1];
    }
    line.add(trait, letters);
  }
  if (alias) {
    lines[1].parts = [vnode("span", { class: "alias", title: isolated(alias) }, "also ", ...marked(alias, query))];
  } else {
    const last = line.left >= LETTERS_OF_NAMES ? line : lines[1];
    const names = last.left >= LETTERS_OF_NAMES ? otherNames(types, i, last.left) : null;
    if (names) {
      last.parts.push(names);
    }
  }
  return [traitsLine(lines[0]), lines[1].parts.length > 0 ? traitsLine(lines[1]) : null];
}

/** Letters may turn out so much wider than those that rooms are counted in. */
const TOLERANCE = 0.2;

/** A line of tags, and how many letters more it holds. */
class Line {
  constructor(room) {
    this.parts = [];
    this.room = room;
    this.left = room;
  }

  /** Whether its tags may need more room than there is. */
  get isFull() {
    return this.left < TOLERANCE * this.room;
  }

  /** Alone in its line a tag is cut where it is too long. */
  fits(letters) {
    return letters <= this.left || this.parts.length === 0;
  }

  add(part, letters) {
    if (this.fits(letters)) {
      this.parts.push(part);
      this.left -= letters;
    }
  }
}

/** The last of a full line gives way to the others; all do so only where nobody knows how wide their letters are. */
function traitsLine({ parts, isFull }) {
  const tags = parts.filter((part) => part?.tag === "button");
  const room = areTight(tags, Infinity) ? " tight" : isFull ? " full" : "";
  return vnode("div", { class: `traits${room}` }, ...parts);
}

/** No word stands there twice, whatever it is the name of: a class may be called as a region is. */
function traits(types, i, state) {
  const main = types.value("parentRoi", i);
  const tags = (facet, values, extra) => values.filter(Boolean).map((value) => tag(facet, value, state, extra));
  const regions = (names) => names.filter(Boolean).map((name) => regionTag(types, name, state));
  const all = [
    ...tags("dimorphism", [types.value("dimorphism", i)], { class: "dimorphism" }),
    ...regions([main]),
    ...tags("nt", [types.transmitter(i)]),
    ...tags("superclass", types.list("superclasses", i)),
    ...tags("class", types.list("classes", i)),
    ...tags("hemilineage", types.list("hemilineages", i)),
    ...tags("neuromere", types.list("somaNeuromeres", i)),
    ...regions(types.list("parentRois", i)),
  ];
  const shown = new Set();
  return all.filter(({ children: [word] }) => !shown.has(word) && shown.add(word));
}

/** Synonyms and FlyWire types, as many as there is room for, at least one; null where there are none. */
function otherNames(types, i, room) {
  const name = types.names[i];
  const names = [
    ...new Set([
      ...synonymsOf(types.synonyms(i)).map((synonym) => synonym.name),
      ...flywireTypesOf(types.flywireTypes(i), name),
    ]),
  ];
  if (names.length === 0) {
    return null;
  }
  let letters = "also ".length;
  const shown = names.filter((one, k) => {
    letters += lettersOf(one) + 2;
    return k === 0 || letters <= room;
  });
  const isCut = lettersOf(shown[0]) + "also ".length + 2 > room;
  return vnode(
    "span",
    { class: isCut ? "names cut" : "names" },
    "also ",
    ...shown.flatMap((one, k) => [k > 0 ? ", " : null, vnode("bdi", {}, one)]),
    shown.length < names.length ? ", …" : null,
  );
}

function profile(types, i, state) {
  const rois = types.rois(i);
  if (rois.length === 0) {
    return [];
  }
  const lines = types.names[i].length > LETTERS_IN_NAME ? 1 : 2;
  let letters = 0;
  const shown = rois.slice(0, types.roisShown).filter((roi, rank) => {
    letters += roi.name.length + 5;
    return rank === 0 || letters <= lines * LETTERS_IN_TAGS;
  });
  const hidden = rois.length - shown.length;
  const tags = shown.map((roi, rank) => roiTag(types, roi, rank, state));
  return [
    ...profileBars(rois),
    vnode(
      "div",
      { class: tags.some((one) => areTight([one], LETTERS_IN_TAGS)) ? "tags tight" : "tags" },
      ...padded(tags, types.roisShown),
      hidden > 0
        ? vnode(
            "button",
            { type: "button", class: "tag more", "data-details": i, "aria-label": `${hidden} more ROIs of ${isolated(types.names[i])}` },
            `+${hidden}`,
          )
        : null,
    ),
  ];
}
