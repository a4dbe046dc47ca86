import { byId, number, plural, setText } from "./dom.js";

/** How many types and neurons are shown, in the header and on the button that closes the filters. */
export class HeaderCounts {
  constructor(types, rem) {
    this.types = types;
    this.count = byId("count");
    this.keepRoom(rem);
  }

  /** Leaves the numbers of types as much room as they ever need, so that nothing beside them moves. */
  keepRoom(rem) {
    setText(this.count, this.of(this.types.size));
    const box = this.count.parentElement;
    box.style.minWidth = `${box.offsetWidth / rem}rem`;
  }

  of(count) {
    return `${number(count)} of ${plural(this.types.size, "type")}`;
  }

  show(count, order) {
    const text = this.of(count);
    setText(this.count, text);
    setText(byId("neurons"), plural(neuronsOf(this.types, order), "neuron"));
    setText(byId("filters-count"), text);
    setText(byId("filters-close"), `Show ${plural(count, "type")}`);
  }
}

/** All neurons of some types, as far as they are known. */
function neuronsOf(types, order) {
  let sum = 0;
  for (let k = 0; k < order.length; k++) {
    sum += Math.max(0, types.total[order[k]]);
  }
  return sum;
}
