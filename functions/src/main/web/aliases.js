/** How synonyms and FlyWire types are shown (index-semantics, section 6). */

/**
 * "Nern 2025: Tm9; a, fru-b" → [{name: "Tm9", reference: "Nern 2025"}, {name: "a"}]: an item with a
 * colon is reference and name, one without is a list of names, of which fru- ones are left out.
 */
export function synonymsOf(text) {
  const found = [];
  for (const item of text.split(";").map((part) => part.trim()).filter(Boolean)) {
    const colon = item.indexOf(":");
    if (colon >= 0) {
      found.push({ name: item.slice(colon + 1).trim(), reference: item.slice(0, colon).trim() });
    } else {
      const names = item.split(",").map((name) => name.trim());
      found.push(...names.filter((name) => name && !name.startsWith("fru-")).map((name) => ({ name, reference: "" })));
    }
  }
  return found.filter(({ name }) => name);
}

/** "T(a,b)c" → ["Tac", "Tbc"]; brackets around a single item only go. */
export function expandBrackets(text) {
  const open = text.indexOf("(");
  const close = text.indexOf(")", open);
  if (open < 0 || close < 0) {
    return [text];
  }
  const items = text.slice(open + 1, close).split(",");
  return items.flatMap((item) => expandBrackets(text.slice(0, open) + item.trim() + text.slice(close + 1)));
}

/** Cuts at the commas that stand outside brackets. */
function splitOutsideBrackets(text) {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    depth += character === "(" ? 1 : character === ")" ? -1 : 0;
    if (character === "," && depth <= 0) {
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
  return [...new Set(all)].filter((name) => name.toLowerCase() !== own);
}
