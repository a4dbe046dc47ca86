import { byId, el, number, plural } from "./dom.js";

/** On paper: all types that are shown, one line each. */
export function fillPrint(types, order) {
  const box = byId("print");
  const head = ["Name", "Cells", "Left", "Right", "Middle", "Neurotransmitter", "ROIs"];
  const known = (count) => (count < 0 ? "–" : number(count));
  const rows = Array.from(order, (i) =>
    el(
      "tr",
      {},
      ...[
        types.names[i],
        known(types.count("total", i)),
        known(types.count("left", i)),
        known(types.count("right", i)),
        known(types.count("middle", i)),
        types.transmitter(i),
        types
          .rois(i)
          .slice(0, types.roisShown)
          .flatMap(({ name }, k) => [k > 0 ? ", " : "", el("bdi", {}, name)]),
      ].map((content) => el("td", {}, ...[content].flat())),
    ),
  );
  box.replaceChildren(
    el("p", {}, plural(order.length, "type")),
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, ...rows),
    ),
  );
}
