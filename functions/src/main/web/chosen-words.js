/** What is chosen, in words: ["lc", "Region OL"]. */
export function chosenWords({ q, chosen }, facets) {
  const words = q ? [q] : [];
  for (const facet of facets) {
    words.push(...(chosen.get(facet.key) ?? []).map((value) => `${facet.label} ${facet.name(value)}`));
  }
  return words;
}

/** The first so many letters of a text, no letter cut in two. */
export function shortened(text, letters) {
  return Array.from(text).slice(0, letters).join("");
}
