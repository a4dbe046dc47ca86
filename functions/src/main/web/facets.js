import { add, emptySet } from "./bit-set.js";
import { otherClassKey, otherClassLabel } from "./labels.js";
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

/** The facets whose choices the dataset may describe. */
const NAMED = new Set(["roi", "region"]);

/** What an empty value in a facet is called; no real value is empty. */
export const NONE = "";

/**
 * One filter with several choices. Choices in one facet widen the result, facets narrow each
 * other's. The sets of types are made when they are first asked for.
 */
class Facet {
  /**
   * @param possible the choices that types may have, in the order in which they are shown
   * @param fill puts each type into the sets of its choices; calls missing(i) for one without any
   * @param keep whether choices that no type has are shown too
   */
  constructor(key, label, types, possible, fill, keep = false) {
    Object.assign(this, { key, label, types, possible, fill, keep });
  }

  get sets() {
    this.ready();
    return this.made;
  }

  /** The choices that some type has, "none" last. */
  get values() {
    this.ready();
    return this.shown;
  }

  ready() {
    if (this.made) {
      return;
    }
    const { size } = this.types;
    this.made = new Map(this.possible.map((value) => [value, emptySet(size)]));
    const without = emptySet(size);
    this.fill([...this.made.values()], (i) => add(without, i));
    const some = (set) => set.some((word) => word !== 0);
    this.shown = this.possible.filter((value) => this.keep || some(this.made.get(value)));
    if (some(without)) {
      this.made.set(NONE, without);
      this.shown.push(NONE);
    }
  }

  name(value) {
    return value === NONE ? "none" : value;
  }

  /** The full name of a choice that is an ROI or a region; "" where there is none. */
  description(value) {
    return NAMED.has(this.key) ? this.types.roiDescription(value) : "";
  }
}

function ofSingle(key, label, types, valueOf, values) {
  const place = new Map(values.map((value, k) => [value, k]));
  return new Facet(key, label, types, values, (sets, missing) => {
    for (let i = 0; i < types.size; i++) {
      const value = valueOf(i);
      if (value === NONE) {
        missing(i);
      } else {
        add(sets[place.get(value)], i);
      }
    }
  });
}

function ofList(key, label, types, { values, lists, ids }) {
  return new Facet(key, label, types, values, (sets, missing) => {
    for (let i = 0; i < types.size; i++) {
      if (ids[i] < 0) {
        missing(i);
        continue;
      }
      for (const place of lists[ids[i]]) {
        add(sets[place], i);
      }
    }
  });
}

function ofRois(types) {
  const { values, ids } = types.columns.rois;
  return new Facet("roi", "ROI", types, values, (sets, missing) => {
    for (let i = 0; i < types.size; i++) {
      if (types.roiStart[i] === types.roiStart[i + 1]) {
        missing(i);
      }
      for (let k = types.roiStart[i]; k < types.roiStart[i + 1]; k++) {
        add(sets[ids[types.roiPlace[k]]], i);
      }
    }
  });
}

function ofSides(types) {
  const { left, right, middle, unknown } = types.columns;
  const fill = ([onlyLeft, onlyRight, onlyMiddle, both, unsided], missing) => {
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
      if (unknown[i] > 0) {
        add(unsided, i);
      } else if (m ? l !== r : !l && !r) {
        missing(i);
      }
    }
  };
  return new Facet("side", "Side", types, SIDES, fill, true);
}

const OTHER_NAMES = ["has synonyms", "has FlyWire type"];

/** What the dataset has, also where a FlyWire type is the type's own name. */
function ofOtherNames(types) {
  return new Facet("names", "Other names", types, OTHER_NAMES, ([synonyms, flywire], missing) => {
    for (let i = 0; i < types.size; i++) {
      const hasSynonyms = types.synonyms(i) !== "";
      const hasFlywire = types.flywireTypes(i).length > 0;
      if (hasSynonyms) {
        add(synonyms, i);
      }
      if (hasFlywire) {
        add(flywire, i);
      }
      if (!hasSynonyms && !hasFlywire) {
        missing(i);
      }
    }
  });
}

function ofCellCounts(types) {
  const ranges = CELL_COUNTS.map(([label]) => label);
  return new Facet("cells", "Cell count", types, ranges, (sets, missing) => {
    const { total } = types;
    for (let i = 0; i < types.size; i++) {
      const range = CELL_COUNTS.findIndex(([, low, high]) => total[i] >= low && total[i] <= high);
      if (range < 0) {
        missing(i);
      } else {
        add(sets[range], i);
      }
    }
  });
}

/** All filters, in the order in which they are shown. Regions are the parents of a type's ROIs. */
export function facetsOf(types) {
  const { columns } = types;
  const { consensus, predicted, dimorphism } = columns;
  const transmitters = [...new Set([...consensus.values, ...predicted.values])].sort();
  const statuses = STATUSES.map(([, label]) => label);
  return [
    ofRois(types),
    ofList("region", "Region", types, columns.parentRois),
    ofSingle("nt", "Neurotransmitter", types, (i) => types.transmitter(i), transmitters),
    ofSides(types),
    ofList("superclass", "Superclass", types, columns.superclasses),
    ofList("class", "Class", types, columns.classes),
    ofList("subclass", "Subclass", types, columns.subclasses),
    ofList("supertype", "Supertype", types, columns.supertypes),
    ofSingle("dimorphism", "Dimorphism", types, (i) => types.value("dimorphism", i), dimorphism.values),
    ofList("neuromere", "Soma neuromere", types, columns.somaNeuromeres),
    ofList("hemilineage", "Hemilineage", types, columns.hemilineages),
    ofList("itolee", "Hemilineage (Ito and Lee)", types, columns.itoleeHemilineages),
    ...columns.otherClasses.map((column) => ofList(otherClassKey(column), otherClassLabel(column), types, column)),
    ofOtherNames(types),
    ofCellCounts(types),
    ofSingle("status", "Data", types, (i) => statuses[types.status(i)], statuses),
  ];
}
