/** How synonyms and FlyWire types are shown (docs/index-semantics.md, "Synonyms and FlyWire types on the page"). */
import { findNormalized } from "./normalize.js";

/** What tells a reference from a name: a year. */
const YEAR = /\b(?:19|20)\d\d[a-z]?\b/;

/**
 * "Nern 2025: Tm9; a, fru-b" → [{name: "Tm9", reference: "Nern 2025"}, {name: "a"}]: an item with a
 * colon is reference and name, one without is a list of names, of which fru- ones are left out.
 */
export function synonymsOf(text) {
  const found = [];
  for (const item of text.split(";").map((part) => part.trim()).filter(Boolean)) {
    if (item.includes(":")) {
      found.push(...referencedNames(item));
    } else {
      const names = item.split(",").map((name) => name.trim());
      found.push(...names.filter((name) => name && !name.startsWith("fru-")).map((name) => ({ name, reference: "" })));
    }
  }
  return found.filter(({ name }) => name);
}

/** "Aso 2014, Wolff 2018" → both, unless the whole is known as one. */
export function referencesIn(text, isKnown) {
  return isKnown(text) ? [text] : text.split(",").map((one) => one.trim()).filter(Boolean);
}

/**
 * "Aso 2014, Wolff 2018: LAL9, Yu 2010: aSP1" → LAL9 of both, aSP1 of the third: what stands between
 * commas and has a year before a colon begins another name, with the years without a colon before it.
 */
function referencedNames(item) {
  const found = [];
  let references = [];
  for (const part of item.split(",")) {
    const colon = part.indexOf(":");
    const before = part.slice(0, Math.max(colon, 0));
    const begins = colon >= 0 && (found.length === 0 || YEAR.test(before));
    if (begins) {
      references.push(before);
      found.push({ name: part.slice(colon + 1), reference: references.join(",") });
      references = [];
    } else if (found.length === 0 || YEAR.test(part)) {
      references.push(part);
    } else {
      found.at(-1).name += [",", ...references.map((one) => one + ","), part].join("");
      references = [];
    }
  }
  if (references.length > 0) {
    found.at(-1).name += "," + references.join(",");
  }
  return found.map(({ name, reference }) => ({ name: name.trim(), reference: reference.trim() }));
}

/** Brackets multiply, so a text of a few dozen letters could stand for millions of names. */
const MOST_NAMES = 64;

/**
 * "T(a,b)c" → ["Tac", "Tbc"]; brackets around a single item only go. A text that stands for too many
 * names, or whose brackets do not close, stays as it is.
 */
function expandBrackets(text) {
  const expanded = [];
  const waiting = [text];
  while (waiting.length > 0) {
    const name = waiting.shift();
    const open = name.indexOf("(");
    const close = name.indexOf(")", open);
    if (open < 0 || close < 0) {
      expanded.push(name);
      continue;
    }
    const items = name.slice(open + 1, close).split(",");
    if (expanded.length + waiting.length + items.length > MOST_NAMES) {
      return [text];
    }
    waiting.unshift(...items.map((item) => name.slice(0, open) + item.trim() + name.slice(close + 1)));
  }
  return expanded;
}

/** Cuts at the commas that stand outside brackets. */
function splitOutsideBrackets(text) {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "(") {
      depth++;
    } else if (character === ")" && depth > 0) {
      depth--;
    }
    if (character === "," && depth === 0) {
      parts.push("");
    } else {
      parts[parts.length - 1] += character;
    }
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** FlyWire types to show: expanded, each once, without the type's own name. */
export function flywireTypesOf(values, typeName) {
  const own = typeName.toLowerCase();
  const all = values.flatMap(splitOutsideBrackets).flatMap(expandBrackets);
  return [...new Set(all)].filter((name) => name && name.toLowerCase() !== own);
}

/**
 * The synonym, FlyWire type or name in another dataset that holds a normalized query, as it is shown: with its reference where
 * the query stands there. A query may also stand in what is not shown, such as a fru- name or a
 * bracket; then it is the whole text. "" where there is none.
 */
export function aliasWith(query, synonyms, flywireTypes, otherTypes, typeName) {
  const items = synonymsOf(synonyms);
  const texts = [
    ...items.map(({ name }) => name),
    ...flywireTypesOf(flywireTypes, typeName),
    ...otherTypes,
    ...items.map(({ name, reference }) => `${reference}: ${name}`),
    synonyms,
    ...flywireTypes,
  ];
  return texts.find((text) => findNormalized(text, query)) ?? "";
}
