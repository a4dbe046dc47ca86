import { aliasWith } from "./aliases.js";
import { isolated, number } from "./dom.js";
import { findNormalized } from "./normalize.js";
import { NONE } from "./facets.js";
import { vnode } from "./vnode.js";
import { STATUS } from "./types.js";

const SHORT_SIDE_LABELS = { combined: "All", left: "L", right: "R", middle: "M" };
const SIDE_LABELS = { combined: "All", left: "Left", right: "Right", middle: "Middle" };
const COUNT_COLUMNS = { combined: "total", left: "left", right: "right", middle: "middle" };

/** ROIs beyond the fifth share one colour. */
const RANKS = 5;

/** Letters that may be wider than those that rooms are counted in. */
const WIDE = /[^ -~]/;

/** A text with the part that the query found marked. */
export function marked(text, query) {
  const found = findNormalized(text, query);
  if (!found) {
    return [text];
  }
  const [start, end] = found;
  return [text.slice(0, start), vnode("mark", {}, text.slice(start, end)), text.slice(end) || null];
}

/** A line has room for so many letters of a name; a longer one may be cut, and tells itself as a title. */
const LETTERS_IN_LINE = 16;

/** The type's name as a link to its page; a direction mark in it stays within it. */
export function nameLink(types, i, query) {
  const name = types.names[i];
  const isLong = name.length > LETTERS_IN_LINE || WIDE.test(name);
  return vnode(
    "a",
    { class: isLong ? "name long" : "name", href: types.mainHref(i), title: isLong ? isolated(name) : null },
    vnode("bdi", {}, ...marked(name, query)),
  );
}

/**
 * Links to the pages of a type, each with its number of neurons; sides without a page as text. What
 * they are called stays the same where they are shown by their first letters.
 */
export function pageLinks(types, i, labels = SIDE_LABELS) {
  const hrefs = types.hrefs(i);
  const links = [];
  for (const side in SIDE_LABELS) {
    const count = types.count(COUNT_COLUMNS[side], i);
    if (!hrefs[side] && count <= 0) {
      links.push(null);
      continue;
    }
    const content = count >= 0 ? `${labels[side]} ${number(count)}` : labels[side];
    links.push(
      hrefs[side]
        ? vnode(
            "a",
            {
              class: "side",
              href: hrefs[side],
              "aria-label":
                `${SIDE_LABELS[side]}${count >= 0 ? ` ${number(count)}` : ""}, ` + isolated(types.names[i]),
            },
            content,
          )
        : vnode("span", { class: "side" }, content),
    );
  }
  const unknown = types.count("unknown", i);
  if (unknown > 0) {
    links.push(
      vnode("span", { class: "side", title: "Neurons of unknown side" }, `? ${number(unknown)}`),
    );
  }
  return links;
}

/** A card's line of links holds about this many letters; longer ones are drawn together. */
const LETTERS_IN_SIDES = 26;

/** The links in the one line that a card has for them, and whether all neurons are of one side. */
export function pageLinksInLine(types, i, state) {
  const links = pageLinks(types, i);
  const only = types.onlySide(i);
  const badge = only ? tag("side", only, state, { class: "only" }) : null;
  const letters = [...links, badge].flatMap((part) => part?.children ?? []).join("").length;
  return letters + (only ? 2 : 0) <= LETTERS_IN_SIDES
    ? vnode("div", { class: "sides" }, ...links, badge)
    : vnode("div", { class: "sides tight" }, ...pageLinks(types, i, SHORT_SIDE_LABELS), badge);
}

/** What a tag takes besides its letters, in letters. */
export const TAG_SPACE = 4;

/** Letters that may be wider than those that rooms are counted in, though no wider than two. */
const CAPITALS = /[A-Z_@%&]/g;

/** About how many letters a text takes the room of: a capital as one and a half, one of another script as two. */
export function lettersOf(text) {
  return WIDE.test(text) ? 2 * text.length : text.length + 0.5 * (text.match(CAPITALS)?.length ?? 0);
}

/**
 * Whether tags may need more letters than there is room for, each with a tag's own space. Only such
 * ones are cut, because the browser keeps account of every box that cuts what is in it.
 */
export function areTight(tags, room) {
  const texts = tags.flatMap(({ children }) => children);
  return texts.reduce((sum, text) => sum + text.length + TAG_SPACE, 0) > room || texts.some((text) => WIDE.test(text));
}

/** A choice of a facet that a click makes or takes back. */
export function tag(facet, value, state, extra) {
  return vnode(
    "button",
    {
      type: "button",
      class: `tag ${extra?.class ?? ""}`,
      "data-facet": facet,
      "data-value": value,
      "aria-pressed": String((state.chosen.get(facet) ?? []).includes(value)),
      title: extra?.title || null,
    },
    value === NONE ? "none" : value,
  );
}

/** A tag for a region, which tells its full name. */
export function regionTag(types, name, state) {
  const description = types.roiDescription(name);
  return tag("region", name, state, { class: "region", title: description && isolated(description) });
}

/** A tag for an ROI, with the dot that says which part of the bars is its. */
export function roiTag(types, roi, rank, state) {
  const shares = roi.input === null ? "no primary ROI of its own" : `input ${roi.input} %, output ${roi.output} %`;
  const name = isolated(types.roiDescription(roi.name) || roi.name);
  return tag("roi", roi.name, state, {
    class: `roi rank${Math.min(rank, RANKS)}`,
    title: `${name}: ${shares}`,
  });
}

/**
 * How a type's input (or output) spreads over its ROIs, as one bar; the rest stays empty. A bar is
 * one element with a drawn background: fifty cards' worth of segments would cost a frame.
 */
function profileBar(rois, direction, short, label) {
  const shares = [];
  let at = 0;
  rois.forEach((roi, rank) => {
    const share = Math.min(roi[direction] ?? 0, 100 - at);
    shares.push([`var(--rank${Math.min(rank, RANKS)})`, share]);
    at += share;
  });
  const backgroundImage = gradient([...shares, ["var(--track)", 100 - at]]);
  return vnode(
    "span",
    { class: "bar", role: "img", "aria-label": profileText(rois, direction, label), style: { backgroundImage } },
    short,
  );
}

/** The gap after each part of a bar, in percent of the bar: about a pixel of a card's. */
const GAP = 0.5;

/**
 * Parts of a bar, [colour, percent], as a background. A gap ends each, so that nobody has to tell
 * neighbours by their colours; it never takes more than half of a part. Percents alone are painted
 * faster than sums of percents and pixels.
 */
function gradient(parts) {
  const stops = [];
  let at = 0;
  for (const [colour, share] of parts.filter(([, percent]) => percent > 0)) {
    const end = at + share;
    const gap = end - Math.min(GAP, share / 2);
    stops.push(`${colour} ${at}% ${gap}%`, `var(--panel) ${gap}% ${end}%`);
    at = end;
  }
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** Both bars of a type's profile. */
export function profileBars(rois) {
  return [profileBar(rois, "input", "in", "Input"), profileBar(rois, "output", "out", "Output")];
}

function profileText(rois, direction, label) {
  const shares = rois
    .filter((roi) => roi[direction] > 0)
    .slice(0, RANKS)
    .map((roi) => `${isolated(roi.name)} ${roi[direction]} %`);
  return `${label}: ${shares.length > 0 ? shares.join(", ") : "none"}`;
}

/** Left and right as one bar that is split where their numbers meet; null where there is neither. */
export function balanceBar(types, i) {
  const left = types.count("left", i);
  const right = types.count("right", i);
  const middle = types.count("middle", i);
  const unknown = types.count("unknown", i);
  const total = types.count("total", i);
  if (total <= 0) {
    return null;
  }
  const words = [`left ${number(left)}`, `right ${number(right)}`];
  if (middle > 0) {
    words.push(`middle ${number(middle)}`);
  }
  if (unknown > 0) {
    words.push(`unknown ${number(unknown)}`);
  }
  const counts = [
    ["var(--left)", left],
    ["var(--middle)", middle],
    ["transparent", unknown],
    ["var(--right)", right],
  ];
  return vnode("span", {
    class: "balance",
    role: "img",
    "aria-label": `Sides: ${words.join(", ")}`,
    style: { backgroundImage: gradient(counts.map(([colour, count]) => [colour, (100 * count) / total])) },
  });
}

/** A sentence for a type whose numbers are not there; null where they are. */
export function statusMark(types, i) {
  switch (types.status(i)) {
    case STATUS.unavailable:
      return vnode("p", { class: "mark bad" }, "Data could not be fetched: ", vnode("bdi", {}, types.error(i) || "no reason given"));
    case STATUS.noNeurons:
      return vnode("p", { class: "mark" }, "The dataset has no neurons of this type.");
    case STATUS.notAsked:
      return vnode("p", { class: "mark" }, "The dataset was not asked.");
    default:
      return null;
  }
}

/** The synonym or FlyWire type in which the query was found; "" where the name itself holds it. */
export function matchedAlias(types, i, query) {
  if (!query || findNormalized(types.names[i], query)) {
    return "";
  }
  return aliasWith(query, types.synonyms(i), types.flywireTypes(i), types.otherTypeNames(i), types.names[i]);
}
