const MARKS = /\p{M}+/gu;
const NOT_ASCII = /[^\0-\x7f]/;

/** What papers print and word processors write where the names of types have an apostrophe. */
const APOSTROPHES = /[`’‘′ʹʼ]/g;

/** Greek letters that papers print where names have Latin ones: KCα′β′ is KCa'b'. */
const GREEK = /[αβγδεζηικλμνοπρστυφχω]/g;
const LATIN = {
  α: "a", β: "b", γ: "g", δ: "d", ε: "e", ζ: "z", η: "h", ι: "i", κ: "k", λ: "l", μ: "m",
  ν: "n", ο: "o", π: "p", ρ: "r", σ: "s", τ: "t", υ: "u", φ: "f", χ: "x", ω: "w",
};

/** Case, accents, kinds of apostrophes and alphabet do not matter in a search: Naïve and naive become the same text. */
export function normalize(text) {
  if (!NOT_ASCII.test(text)) {
    return text.toLowerCase().replace(APOSTROPHES, "'");
  }
  return text
    .normalize("NFD")
    .replace(MARKS, "")
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(APOSTROPHES, "'")
    .replace(GREEK, (letter) => LATIN[letter]);
}

/**
 * Where a normalized query stands in a text: [start, end) in the text's own UTF-16 units, or null.
 * This can change lengths, so it is done character by character to know where each one went.
 */
export function findNormalized(text, query) {
  if (!query) {
    return null;
  }
  let normalized = "";
  const origin = [];
  let at = 0;
  for (const character of text) {
    const part = normalize(character);
    for (let i = 0; i < part.length; i++) {
      origin.push(at);
    }
    normalized += part;
    at += character.length;
  }
  const found = normalized.indexOf(query);
  if (found < 0) {
    return null;
  }
  const after = found + query.length;
  return [origin[found], after < origin.length ? origin[after] : text.length];
}

/** Names compare by Unicode code point, as everywhere in the index. */
export function compareCodePoints(left, right) {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const l = left.charCodeAt(i);
    const r = right.charCodeAt(i);
    if (l !== r) {
      const leftAstral = (l & 0xf800) === 0xd800;
      const rightAstral = (r & 0xf800) === 0xd800;
      return leftAstral === rightAstral ? l - r : leftAstral ? 1 : -1;
    }
  }
  return left.length - right.length;
}
