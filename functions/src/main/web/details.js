import { flywireTypesOf, referencesIn, synonymsOf } from "./aliases.js";
import { byId, el, isolated, number, plural } from "./dom.js";
import { codexAddress, neuPrintAddress } from "./elsewhere.js";
import { nameLink, pageLinks, profileBars, regionTag, roiTag, statusMark, tag } from "./fragments.js";
import { otherClassKey, otherClassLabel, otherTypeLabel } from "./labels.js";

/** Everything the page knows of one type, in a dialog. */
export function showDetails(types, i, state) {
  const dialog = byId("details");
  const name = types.names[i];
  dialog.dataset.type = i;
  dialog.replaceChildren(
    el(
      "div",
      { class: "dialog-head" },
      el("h2", { id: "details-name", tabindex: "-1" }, nameLink(types, i, "")),
      el("button", { type: "button", class: "button", "data-copy": i, "aria-label": `Copy the name ${isolated(name)}` }, "Copy name"),
      el("button", { type: "button", class: "button", "data-close": true }, "Close"),
    ),
    el("div", { class: "dialog-body" }, ...body(types, i, state)),
  );
  dialog.showModal();
  byId("details-name").focus();
}

function body(types, i, state) {
  const rois = types.rois(i);
  return [
    el("div", { class: "sides" }, ...pageLinks(types, i)),
    statusMark(types, i),
    facts(types, i, state),
    rois.length > 0 ? el("h3", {}, "Regions of interest") : null,
    ...(rois.length > 0 ? profileBars(rois) : []),
    rois.length > 0 ? roiTable(types, rois, state) : null,
  ];
}

function facts(types, i, state) {
  const list = el("dl", { class: "facts-list" });
  const line = (term, ...content) => {
    if (content.length > 0) {
      list.append(el("dt", {}, term), el("dd", {}, ...content));
    }
  };
  const tags = (facet, values) => values.map((value) => tag(facet, value, state));
  const texts = (values) => values.map((value) => el("bdi", { class: "item" }, value));
  const neurons = types.count("total", i);
  const { neuprint, dataset } = document.body.dataset;
  const found = neurons > 0 ? neuPrintAddress(neuprint, dataset, types.names[i]) : null;
  if (found) {
    line("Neurons", el("a", { href: found }, `${plural(neurons, "neuron")} in neuPrint`));
  }
  if (types.count("pre", i) >= 0) {
    line("Synapses", `${number(types.count("pre", i))} presynaptic, ${number(types.count("post", i))} postsynaptic`);
  }
  const consensus = types.value("consensus", i);
  const predicted = types.value("predicted", i);
  const confidence = types.count("confidence", i);
  if (consensus) {
    line("Neurotransmitter", ...tags("nt", [consensus]), " consensus");
  }
  if (predicted) {
    line(
      consensus ? "Predicted" : "Neurotransmitter",
      ...(consensus ? texts([predicted]) : tags("nt", [predicted])),
      consensus ? "" : " predicted",
      confidence >= 0 ? ` confidence ${confidence} %` : "",
    );
  }
  line("Region", ...types.list("parentRois", i).map((name) => region(types, name, state)));
  line("Superclass", ...tags("superclass", types.list("superclasses", i)));
  line("Class", ...tags("class", types.list("classes", i)));
  line("Subclass", ...tags("subclass", types.list("subclasses", i)));
  line("Supertype", ...tags("supertype", types.list("supertypes", i)));
  line("Dimorphism", ...tags("dimorphism", [types.value("dimorphism", i)].filter(Boolean)));
  line("Soma neuromere", ...tags("neuromere", types.list("somaNeuromeres", i)));
  line("Hemilineage", ...tags("hemilineage", types.list("hemilineages", i)));
  line("Hemilineage (Ito and Lee)", ...tags("itolee", types.list("itoleeHemilineages", i)));
  for (const one of types.otherClasses(i)) {
    line(otherClassLabel(one), ...tags(otherClassKey(one), one.values));
  }
  line(
    "Synonyms",
    ...synonymsOf(types.synonyms(i)).map((synonym) =>
      el("span", { class: "item" }, el("bdi", {}, synonym.name), ...references(types, synonym)),
    ),
  );
  line(
    "FlyWire types",
    ...flywireTypesOf(types.flywireTypes(i), types.names[i]).map((name) =>
      el("span", { class: "item" }, el("a", { href: codexAddress(name), "aria-label": `${isolated(name)} in Codex` }, el("bdi", {}, name))),
    ),
  );
  for (const one of types.otherTypes(i)) {
    line(otherTypeLabel(one), ...texts(one.values));
  }
  return list;
}

/** What a synonym's name is from, each reference as a link where its address is known. */
function references(types, { name, reference }) {
  const address = (text) => types.referenceAddress(text);
  const shown = referencesIn(reference, address).map((text) => {
    const href = address(text);
    const content = el("bdi", {}, text);
    return href ? el("a", { href, "aria-label": `${isolated(text)}, reference of ${isolated(name)}` }, content) : content;
  });
  const separated = shown.flatMap((one, k) => [k > 0 ? ", " : " ", one]);
  return shown.length > 0 ? [el("span", { class: "quiet" }, ...separated)] : [];
}

/** A region with its full name, which no reader should need a mouse for. */
function region(types, name, state) {
  const description = types.roiDescription(name);
  const tagged = regionTag(types, name, state);
  return description ? el("span", { class: "named" }, tagged, el("bdi", { class: "quiet" }, description)) : tagged;
}

/** An ROI that overlaps others has no share. */
const percent = (share) => (share === null ? "–" : `${share} %`);

function roiTable(types, rois, state) {
  const named = rois.some((roi) => types.roiDescription(roi.name));
  const headings = named ? ["ROI", "Name", "Input", "Output"] : ["ROI", "Input", "Output"];
  const head = el("tr", {}, ...headings.map((text) => el("th", { scope: "col" }, text)));
  const rows = rois.map((roi, rank) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, roiTag(types, roi, rank, state)),
      named ? el("td", {}, types.roiDescription(roi.name)) : null,
      el("td", { class: "number" }, percent(roi.input)),
      el("td", { class: "number" }, percent(roi.output)),
    ),
  );
  return el("table", { class: "roi-table" }, el("thead", {}, head), el("tbody", {}, ...rows));
}
