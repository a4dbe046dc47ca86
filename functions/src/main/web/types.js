import { hrefOf } from "./dom.js";

export const STATUS = { ok: 0, noNeurons: 1, notAsked: 2, unavailable: 3 };
export const STATUS_NAMES = ["ok", "no-neurons", "not-asked", "unavailable"];

const SIDES = ["combined", "left", "right", "middle"];
const SUFFIXES = ["", "_L", "_R", "_M"];

/** What the page builder packed (docs/page.md): Base64 of zlib of a JSON object and numbers. */
export async function unpack(base64) {
  const packed = bytesOf(base64);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const columns = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const bytes = new Uint8Array(buffer, 4 + length);
  [columns, ...columns.otherTypes, ...columns.otherClasses].forEach((part) => fillIn(part, bytes));
  return columns;
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) {
    return Uint8Array.fromBase64(base64);
  }
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}

/** What these hold is texts by keys of the dataset's own, which may be called anything. */
const TEXTS = new Set(["roiDescriptions", "references"]);

/** Replaces each {at, count, planes} by the numbers that it stands for. */
function fillIn(object, bytes) {
  for (const key in object) {
    const value = object[key];
    if (TEXTS.has(key) || value === null || typeof value !== "object" || Array.isArray(value)) {
      continue;
    }
    if (value.planes === undefined) {
      fillIn(value, bytes);
    } else {
      object[key] = numbers(value, bytes);
    }
  }
}

function numbers({ at, count, planes }, bytes) {
  const column = new Int32Array(count).fill(-1);
  for (let plane = 0; plane < planes; plane++) {
    const from = at + plane * count;
    for (let i = 0; i < count; i++) {
      column[i] += bytes[from + i] << (8 * plane);
    }
  }
  return column;
}

/** Answers questions about type number i; types are numbered in the order of their names. */
export class Types {
  constructor(columns) {
    this.columns = columns;
    this.names = columns.names;
    this.size = columns.names.length;
    this.roisShown = columns.roisShown;
    this.total = totals(columns);
    this.roiStart = starts(columns.rois.lengths);
    this.rankStart = rankStarts(columns.rois.lengths);
    this.roiPlace = this.roiPlaces();
    this.synonymStart = starts(columns.synonyms.lengths);
    this.flywireStart = starts(columns.flywireTypes.lengths);
    this.otherTypeStarts = columns.otherTypes.map(({ lengths }) => starts(lengths));
    this.otherPages = new Map(columns.pages.others.map(([i, ...paths]) => [i, paths]));
  }

  /** The ROI columns are ordered by rank and then type: where each type's ROIs stand in them. */
  roiPlaces() {
    const { lengths } = this.columns.rois;
    const next = this.rankStart.slice();
    const places = new Int32Array(this.roiStart[this.size]);
    let k = 0;
    for (let i = 0; i < this.size; i++) {
      for (let rank = 0; rank < lengths[i]; rank++) {
        places[k++] = next[rank]++;
      }
    }
    return places;
  }

  status(i) {
    return this.columns.status[i];
  }

  error(i) {
    return this.value("errors", i);
  }

  /** The text of a column where each type has at most one; "" for none. */
  value(column, i) {
    const { values, ids } = this.columns[column];
    return ids[i] < 0 ? "" : values[ids[i]];
  }

  /** The texts of a column where a type may have several. */
  list(column, i) {
    return this.listOf(this.columns[column], i);
  }

  listOf({ values, lists, ids }, i) {
    return ids[i] < 0 ? [] : lists[ids[i]].map((place) => values[place]);
  }

  /** The synonyms as the database has them: one text, "" for none. */
  synonyms(i) {
    return this.texts(this.columns.synonyms, this.synonymStart, i)[0] ?? "";
  }

  /** The FlyWire types as the database has them. */
  flywireTypes(i) {
    return this.texts(this.columns.flywireTypes, this.flywireStart, i);
  }

  /** [{property, values}] of what the type is called elsewhere; only properties that it has. */
  otherTypes(i) {
    return this.columns.otherTypes
      .map((column, k) => ({ property: column.property, values: this.texts(column, this.otherTypeStarts[k], i) }))
      .filter(({ values }) => values.length > 0);
  }

  /** All names of otherTypes. */
  otherTypeNames(i) {
    return this.otherTypes(i).flatMap(({ values }) => values);
  }

  /** [{property, label, values}] of what else the type is filtered by; only properties that it has. */
  otherClasses(i) {
    return this.columns.otherClasses
      .map((column) => ({ property: column.property, label: column.label, values: this.listOf(column, i) }))
      .filter(({ values }) => values.length > 0);
  }

  /** An empty text stands for the type's own name. */
  texts(column, start, i) {
    return column.texts.slice(start[i], start[i + 1]).map((text) => text || this.names[i]);
  }

  /** A count, or -1 where nobody knows. */
  count(column, i) {
    return column === "total" ? this.total[i] : this.columns[column][i];
  }

  /**
   * The choice of the facet "Side" that says that all neurons are of one side; "" where they are
   * not, or the side of some is unknown, though the facet counts only those whose side is known.
   */
  onlySide(i) {
    if (this.columns.unknown[i] > 0) {
      return "";
    }
    const sides = ["left", "right", "middle"].filter((side) => this.columns[side][i] > 0);
    return sides.length === 1 ? `Only ${sides[0]}` : "";
  }

  transmitter(i) {
    return this.value("consensus", i) || this.value("predicted", i);
  }

  /** [{name, output, input}] by rank; shares in percent, null for an ROI that is none of the dataset's own primary ones. */
  rois(i) {
    const { values, ids, output, input } = this.columns.rois;
    const rois = [];
    for (let k = this.roiStart[i]; k < this.roiStart[i + 1]; k++) {
      const place = this.roiPlace[k];
      const share = (column) => (column[place] < 0 ? null : column[place]);
      rois.push({ name: values[ids[place]], output: share(output), input: share(input) });
    }
    return rois;
  }

  roiDescription(name) {
    const { roiDescriptions } = this.columns;
    return Object.hasOwn(roiDescriptions, name) ? roiDescriptions[name] : "";
  }

  /** Where a synonym's reference is read; "" where nobody says. */
  referenceAddress(reference) {
    const { references } = this.columns;
    return references && Object.hasOwn(references, reference) ? references[reference] : "";
  }

  /** Raw paths of the pages that exist: {combined?, left?, right?, middle?}. */
  paths(i) {
    const mask = this.columns.pages.masks[i];
    const others = this.otherPages.get(i);
    const base = this.columns.pages.folder + this.names[i].replace(/[/ ]/g, "_");
    const paths = {};
    SIDES.forEach((side, k) => {
      if (mask & (1 << k)) {
        paths[side] = others ? others[k] : `${base}${SUFFIXES[k]}.html`;
      }
    });
    return paths;
  }

  /** The same as hrefs. Whoever shows a type asks for them several times in a row. */
  hrefs(i) {
    if (this.asked?.i !== i) {
      const paths = this.paths(i);
      for (const side in paths) {
        paths[side] = (this.columns.base ?? "") + hrefOf(paths[side]);
      }
      this.asked = { i, hrefs: paths };
    }
    return this.asked.hrefs;
  }

  /** The page that the type's name links to. */
  mainHref(i) {
    const { combined, left, right, middle } = this.hrefs(i);
    return combined ?? left ?? right ?? middle ?? null;
  }
}

/** All neurons of each type; -1 where nobody knows. */
function totals({ left, right, middle, unknown }) {
  return left.map((count, i) => (count < 0 ? -1 : count + right[i] + middle[i] + unknown[i]));
}

/** Where each type's part of a column begins; the last number is the column's length. */
function starts(lengths) {
  const start = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) {
    start[i + 1] = start[i] + lengths[i];
  }
  return start;
}

/** Where each rank begins in a column that is ordered by rank. */
function rankStarts(lengths) {
  const holders = [];
  for (const length of lengths) {
    for (let rank = 0; rank < length; rank++) {
      holders[rank] = (holders[rank] ?? 0) + 1;
    }
  }
  return starts(holders);
}
