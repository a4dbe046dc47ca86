import { hrefOf } from "./dom.js";

export const STATUS = { ok: 0, noNeurons: 1, notAsked: 2, unavailable: 3 };
export const STATUS_NAMES = ["ok", "no-neurons", "not-asked", "unavailable"];

const SIDES = ["combined", "left", "right", "middle"];
const SUFFIXES = ["", "_L", "_R", "_M"];

/** Base64 of zlib of JSON, as the page builder wrote it, to the columns of docs/page.md. */
export async function unpack(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** Answers questions about type number i; types are numbered in the order of their names. */
export class Types {
  constructor(columns) {
    this.columns = columns;
    this.names = columns.names;
    this.size = columns.names.length;
    this.roisShown = columns.roisShown;
    const { lengths } = columns.rois;
    this.roiStart = new Int32Array(this.size + 1);
    for (let i = 0; i < this.size; i++) {
      this.roiStart[i + 1] = this.roiStart[i] + lengths[i];
    }
    this.otherPages = new Map(columns.pages.others.map(([i, ...paths]) => [i, paths]));
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
    return ids[i] === 0 ? "" : values[ids[i] - 1];
  }

  /** The texts of a column where a type may have several. */
  list(column, i) {
    const { values, lists, ids } = this.columns[column];
    return ids[i] === 0 ? [] : lists[ids[i] - 1].map((place) => values[place]);
  }

  /** A count, or -1 where nobody knows. */
  count(column, i) {
    return this.columns[column][i];
  }

  unknown(i) {
    const { total, left, right, middle } = this.columns;
    return total[i] < 0 ? -1 : total[i] - left[i] - right[i] - middle[i];
  }

  transmitter(i) {
    return this.value("consensus", i) || this.value("predicted", i);
  }

  /** [{name, output, input}] by rank; the shares are percents. */
  rois(i) {
    const { values, ids, output, input } = this.columns.rois;
    const rois = [];
    for (let k = this.roiStart[i]; k < this.roiStart[i + 1]; k++) {
      rois.push({ name: values[ids[k]], output: output[k], input: input[k] });
    }
    return rois;
  }

  roiDescription(name) {
    const { roiDescriptions } = this.columns;
    return Object.hasOwn(roiDescriptions, name) ? roiDescriptions[name] : "";
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

  /** The same as hrefs. */
  hrefs(i) {
    const paths = this.paths(i);
    for (const side in paths) {
      paths[side] = hrefOf(paths[side]);
    }
    return paths;
  }

  /** The page that the type's name links to. */
  mainHref(i) {
    const { combined, left, right, middle } = this.hrefs(i);
    return combined ?? left ?? right ?? middle ?? null;
  }
}
