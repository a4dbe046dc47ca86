import { isolated } from "./dom.js";
import { isThere, padded, vnode } from "./vnode.js";
import {
  areTight,
  balanceBar,
  marked,
  matchedAlias,
  nameLink,
  pageLinksInLine,
  profileBars,
  regionTag,
  roiTag,
  statusMark,
  tag,
} from "./fragments.js";

/** A line of ROI tags holds about this many letters, a tag's own space and its dot's counted as five. */
const LETTERS_IN_TAGS = 34;

/** The last of a line of traits gives way to the others, as long as they leave it a few letters. */
const LETTERS_IN_TRAITS = 28;

/** A name longer than this may need a second line, which it takes from the tags. */
const LETTERS_IN_NAME = 22;

/** One type as a card. All cards are equally high, so each part keeps to its lines. */
export function card(types, i, query, state) {
  const name = isolated(types.names[i]);
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
    pageLinksInLine(types, i),
    balanceBar(types, i),
    statusMark(types, i) ?? traitsLine(traits(types, i, query, state)),
    ...profile(types, i, state),
  );
}

function traitsLine(tags) {
  const others = tags.filter(isThere).slice(0, -1);
  return vnode("div", { class: areTight(others, LETTERS_IN_TRAITS) ? "traits tight" : "traits" }, ...tags);
}

/** Where only a synonym matched, the synonym; else region, neurotransmitter and superclass. */
function traits(types, i, query, state) {
  const alias = matchedAlias(types, i, query);
  if (alias) {
    return [vnode("span", { class: "alias", title: isolated(alias) }, "also ", ...marked(alias, query))];
  }
  const parent = types.value("parentRoi", i);
  const transmitter = types.transmitter(i);
  const [superclass] = types.list("superclasses", i);
  return [
    parent ? regionTag(types, parent, state) : null,
    transmitter ? tag("nt", transmitter, state) : null,
    superclass ? tag("superclass", superclass, state) : null,
  ];
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
