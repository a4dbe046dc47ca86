import { add, emptySet } from "./bits.js";
import { STATUS } from "./types.js";

/** Ranges of neurons a type; they do not overlap and leave nothing out. */
const CELL_COUNTS = [
  ["0", 0, 0],
  ["1", 1, 1],
  ["2", 2, 2],
  ["3–5", 3, 5],
  ["6–10", 6, 10],
  ["11–20", 11, 20],
  ["21–50", 21, 50],
  ["51–100", 51, 100],
  ["101–500", 101, 500],
  ["501 and more", 501, Infinity],
];

const SIDES = ["Only left", "Only right", "Only middle", "Left and right", "Unknown"];

const STATUSES = [
  [STATUS.ok, "Complete"],
  [STATUS.noNeurons, "No neurons in the dataset"],
  [STATUS.notAsked, "Not asked for"],
  [STATUS.unavailable, "Could not be fetched"],
];

/** What an empty value in a facet is called; no real value is empty. */
export const NONE = "";

/**
 * One filter with several choices. Choices in one facet widen the result, facets narrow each
 * other's.
 */
class Facet {
  constructor(key, label, types) {
    this.key = key;
    this.label = label;
    this.size = types.size;
    this.values = [];
    this.sets = new Map();
  }

  /** Declares a choice, in the order in which the choices are shown. */
  choice(value) {
    this.values.push(value);
    const set = emptySet(this.size);
    this.sets.set(value, set);
    return set;
  }

  /** Drops choices that no type has, and offers "none" where some type has no value. */
  close(missing) {
    this.values = this.values.filter((value) => this.sets.get(value).some((word) => word !== 0));
    if (missing.some((word) => word !== 0) && this.values.length > 0) {
      this.values.push(NONE);
      this.sets.set(NONE, missing);
    }
    return this;
  }

  name(value) {
    return value === NONE ? "none" : value;
  }
}

function ofSingle(key, label, types, valueOf, values) {
  const facet = new Facet(key, label, types);
  values.forEach((value) => facet.choice(value));
  const missing = emptySet(types.size);
  for (let i = 0; i < types.size; i++) {
    const value = valueOf(i);
    add(value === "" ? missing : facet.sets.get(value), i);
  }
  return facet.close(missing);
}

function ofList(key, label, types, column) {
  const { values, lists, ids } = types.columns[column];
  const facet = new Facet(key, label, types);
  const sets = values.map((value) => facet.choice(value));
  const missing = emptySet(types.size);
  for (let i = 0; i < types.size; i++) {
    if (ids[i] < 0) {
      add(missing, i);
      continue;
    }
    for (const place of lists[ids[i]]) {
      add(sets[place], i);
    }
  }
  return facet.close(missing);
}

function ofRois(types) {
  const { values } = types.columns.rois;
  const facet = new Facet("roi", "ROI", types);
  const sets = values.map((value) => facet.choice(value));
  const missing = emptySet(types.size);
  for (let i = 0; i < types.size; i++) {
    if (types.roiStart[i] === types.roiStart[i + 1]) {
      add(missing, i);
    }
    for (let k = types.roiStart[i]; k < types.roiStart[i + 1]; k++) {
      add(sets[types.roiIds[k]], i);
    }
  }
  return facet.close(missing);
}

function ofSides(types) {
  const facet = new Facet("side", "Side", types);
  const [onlyLeft, onlyRight, onlyMiddle, both, unknown] = SIDES.map((side) => facet.choice(side));
  const { left, right, middle, unknown: unsided } = types.columns;
  for (let i = 0; i < types.size; i++) {
    const l = left[i] > 0;
    const r = right[i] > 0;
    const m = middle[i] > 0;
    if (l && !r && !m) {
      add(onlyLeft, i);
    }
    if (r && !l && !m) {
      add(onlyRight, i);
    }
    if (m && !l && !r) {
      add(onlyMiddle, i);
    }
    if (l && r) {
      add(both, i);
    }
    if (unsided[i] > 0) {
      add(unknown, i);
    }
  }
  return facet;
}

function ofCellCounts(types) {
  const facet = new Facet("cells", "Cell count", types);
  const sets = CELL_COUNTS.map(([label]) => facet.choice(label));
  const { total } = types;
  const missing = emptySet(types.size);
  for (let i = 0; i < types.size; i++) {
    const range = CELL_COUNTS.findIndex(([, low, high]) => total[i] >= low && total[i] <= high);
    add(range < 0 ? missing : sets[range], i);
  }
  return facet.close(missing);
}

/** Regions: the parents of all ROIs of a type's summary. */
export function facetsOf(types) {
  const { consensus, predicted, dimorphism } = types.columns;
  const transmitters = [...new Set([...consensus.values, ...predicted.values])].sort();
  const statuses = STATUSES.map(([, label]) => label);
  return [
    ofRois(types),
    ofList("region", "Region", types, "parentRois"),
    ofSingle("nt", "Neurotransmitter", types, (i) => types.transmitter(i), transmitters),
    ofSides(types),
    ofList("superclass", "Superclass", types, "superclasses"),
    ofList("class", "Class", types, "classes"),
    ofList("subclass", "Subclass", types, "subclasses"),
    ofSingle("dimorphism", "Dimorphism", types, (i) => types.value("dimorphism", i), dimorphism.values),
    ofList("neuromere", "Soma neuromere", types, "somaNeuromeres"),
    ofList("hemilineage", "Hemilineage", types, "hemilineages"),
    ofCellCounts(types),
    ofSingle("status", "Data", types, (i) => statuses[types.status(i)], statuses),
  ];
}
