import { shortened } from "./chosen-words.js";
import { STATUS_NAMES } from "./types.js";

const COLUMNS = [
  ["name", (entry) => entry.name],
  ["status", (entry) => entry.status],
  ["error", (entry) => entry.error],
  ["total", (entry) => entry.counts.total],
  ["left", (entry) => entry.counts.left],
  ["right", (entry) => entry.counts.right],
  ["middle", (entry) => entry.counts.middle],
  ["unknown", (entry) => entry.counts.unknown],
  ["pre", (entry) => entry.synapses.pre],
  ["post", (entry) => entry.synapses.post],
  ["parentRoi", (entry) => entry.parentRoi],
  ["parentRois", (entry) => entry.parentRois.join("; ")],
  ["rois", (entry) => entry.rois.map((roi) => roi.share ? `${roi.name} (in ${roi.share.post} %, out ${roi.share.pre} %)` : roi.name).join("; ")],
  ["neurotransmitter", (entry) => entry.neurotransmitter.consensus ?? entry.neurotransmitter.predicted],
  ["consensusNeurotransmitter", (entry) => entry.neurotransmitter.consensus],
  ["predictedNeurotransmitter", (entry) => entry.neurotransmitter.predicted],
  ["confidence", (entry) => entry.neurotransmitter.confidence],
  ["predictions", (entry) => entry.neurotransmitter.predictions],
  ["superclasses", (entry) => entry.superclasses.join("; ")],
  ["classes", (entry) => entry.classes.join("; ")],
  ["subclasses", (entry) => entry.subclasses.join("; ")],
  ["dimorphism", (entry) => entry.dimorphism],
  ["synonyms", (entry) => entry.synonyms],
  ["flywireTypes", (entry) => entry.flywireTypes.join("; ")],
  ["somaNeuromeres", (entry) => entry.somaNeuromeres.join("; ")],
  ["hemilineages", (entry) => entry.hemilineages.join("; ")],
  ["itoleeHemilineages", (entry) => entry.itoleeHemilineages.join("; ")],
  ["supertypes", (entry) => entry.supertypes.join("; ")],
  ["combinedPage", (entry) => entry.pages.combined],
  ["leftPage", (entry) => entry.pages.left],
  ["rightPage", (entry) => entry.pages.right],
  ["middlePage", (entry) => entry.pages.middle],
];

/** One type with the keys of data/index.json, as far as the page knows them (docs/page.md, Export). */
function exported(types, i) {
  const known = (count) => (count < 0 ? null : count);
  const confidence = known(types.count("confidence", i));
  const { combined = null, left = null, right = null, middle = null } = types.paths(i);
  return {
    name: types.names[i],
    status: STATUS_NAMES[types.status(i)],
    ...(types.error(i) ? { error: types.error(i) } : {}),
    pages: { combined, left, right, middle },
    counts: {
      total: known(types.count("total", i)),
      left: known(types.count("left", i)),
      right: known(types.count("right", i)),
      middle: known(types.count("middle", i)),
      unknown: known(types.count("unknown", i)),
    },
    synapses: { pre: known(types.count("pre", i)), post: known(types.count("post", i)) },
    rois: types.rois(i).map(({ name, input, output }) => ({ name, share: input === null ? null : { pre: output, post: input } })),
    parentRoi: types.value("parentRoi", i),
    parentRois: types.list("parentRois", i),
    neurotransmitter: {
      consensus: types.value("consensus", i) || null,
      predicted: types.value("predicted", i) || null,
      confidence: confidence === null ? null : confidence / 100,
      predictions: known(types.count("predictions", i)),
    },
    superclasses: types.list("superclasses", i),
    classes: types.list("classes", i),
    subclasses: types.list("subclasses", i),
    dimorphism: types.value("dimorphism", i) || null,
    synonyms: types.synonyms(i) || null,
    flywireTypes: types.flywireTypes(i),
    somaNeuromeres: types.list("somaNeuromeres", i),
    hemilineages: types.list("hemilineages", i),
    itoleeHemilineages: types.list("itoleeHemilineages", i),
    supertypes: types.list("supertypes", i),
    otherTypes: byProperty(types.otherTypes(i)),
    otherClasses: byProperty(types.otherClasses(i)),
  };
}

function byProperty(list) {
  return Object.fromEntries(list.map(({ property, values }) => [property, values]));
}

/** The columns of a table: one for each property of otherTypes and otherClasses that a type has, last. */
function columnsOf(types) {
  const others = ["otherTypes", "otherClasses"].flatMap((key) =>
    types.columns[key].map(({ property }) => [
      `${key}.${property}`,
      (entry) => (Object.hasOwn(entry[key], property) ? entry[key][property].join("; ") : null),
    ]),
  );
  return [...COLUMNS, ...others];
}

function toJson(types, order) {
  return `${JSON.stringify(Array.from(order, (i) => exported(types, i)), null, 1)}\n`;
}

/** RFC 4180, with a byte order mark so that spreadsheets read UTF-8. */
function toCsv(types, order) {
  const columns = columnsOf(types);
  const lines = [columns.map(([name]) => name).join(",")];
  for (const i of order) {
    const entry = exported(types, i);
    lines.push(columns.map(([, read]) => cell(read(entry))).join(","));
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/**
 * A spreadsheet would run a text that begins like a formula, also behind white space or in the wide
 * forms of East Asian keyboards, so such a text gets an apostrophe. A text that begins with an
 * apostrophe gets one more where it could be taken for ours.
 */
function cell(value) {
  if (value === null || value === undefined) {
    return "";
  }
  if (typeof value === "number") {
    return String(value);
  }
  const text = /^(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]|')/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Longer file names are cut; file systems allow 255 bytes in a name, and a letter may take four. */
const LETTERS_IN_FILE_NAME = 60;

/** Lets the reader save types in a form, csv or json; the file is named after what is chosen, in words. */
export function saveAs(form, types, order, chosen) {
  const words = [document.body.dataset.dataset, "types", ...chosen].join("-");
  const name = shortened(words.replace(/[^\p{L}\p{N}._+–-]+/gu, "-"), LETTERS_IN_FILE_NAME).replace(/-+$/, "");
  if (form === "csv") {
    download(toCsv(types, order), "text/csv;charset=utf-8", `${name}.csv`);
  } else {
    download(toJson(types, order), "application/json", `${name}.json`);
  }
}

function download(text, type, fileName) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
