import { each, fullSet } from "./bit-set.js";
import { byId, el, isolated, number, plural, setAttribute, setText } from "./dom.js";

/** The regions side by side: how many types and neurons of the present result lie in each. */
export class Overview {
  constructor(types, facet) {
    this.types = types;
    this.facet = facet;
    this.button = byId("overview-button");
    this.chart = byId("overview-chart");
    byId("overview").hidden = facet.values.length === 0;
    const whole = this.sums(fullSet(types.size));
    this.mostTypes = Math.max(1, ...whole.map((sum) => sum.types));
    this.mostNeurons = Math.max(1, ...whole.map((sum) => sum.neurons));
    this.columns = facet.values.map((region, k) => this.column(region, whole[k]));
    this.chart.append(
      el("ul", { role: "list", class: "columns" }, ...this.columns.map(({ item }) => item)),
      el(
        "p",
        { class: "legend quiet" },
        el("i", { class: "swatch types" }),
        "types ",
        el("i", { class: "swatch neurons" }),
        "neurons, their numbers in this order; faint: without filters. A type in several regions counts in each. Click to filter.",
      ),
    );
    this.button.addEventListener("click", () => this.toggle(this.chart.hidden));
    if (matchMedia("(max-width: 45rem), (max-height: 36rem)").matches) {
      this.toggle(false);
    }
  }

  toggle(open) {
    this.chart.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open && this.shown) {
      this.show(...this.shown);
    }
  }

  column(region, whole) {
    const bars = el("span", { class: "pair", "aria-hidden": "true" });
    const name = el("bdi", {}, this.facet.name(region));
    const counts = el("span", { class: "quiet" });
    const button = el(
      "button",
      { type: "button", class: "column", "data-facet": "region", "data-value": region },
      bars,
      el("span", { class: "column-name" }, name),
      counts,
    );
    const description = this.types.roiDescription(region);
    if (description) {
      button.title = isolated(description);
    }
    return { region, whole, bars, counts, button, item: el("li", {}, button) };
  }

  /** Types and neurons in each region, of the types of a set. */
  sums(set) {
    const { lists, ids } = this.types.columns.parentRois;
    const { total } = this.types;
    const typesIn = new Float64Array(lists.length + 1);
    const neuronsIn = new Float64Array(lists.length + 1);
    each(set, (i) => {
      typesIn[ids[i] + 1] += 1;
      neuronsIn[ids[i] + 1] += Math.max(0, total[i]);
    });
    const sums = this.facet.values.map(() => ({ types: 0, neurons: 0 }));
    const toSums = (id, places) => {
      for (const place of places) {
        sums[place].types += typesIn[id];
        sums[place].neurons += neuronsIn[id];
      }
    };
    const none = this.facet.values.indexOf("");
    if (none >= 0) {
      toSums(0, [none]);
    }
    lists.forEach((list, k) => toSums(k + 1, list));
    return sums;
  }

  bars({ types, neurons }) {
    return [bar(types, this.mostTypes), bar(neurons, this.mostNeurons)];
  }

  show(state, base) {
    this.shown = [state, base];
    if (this.chart.hidden) {
      return;
    }
    const sums = this.sums(base);
    const chosen = state.chosen.get("region") ?? [];
    this.columns.forEach((column, k) => {
      const { types, neurons } = sums[k];
      setAttribute(column.button, "aria-pressed", String(chosen.includes(column.region)));
      if (types === column.shownTypes && neurons === column.shownNeurons) {
        return;
      }
      Object.assign(column, { shownTypes: types, shownNeurons: neurons });
      column.bars.style.backgroundSize = [sums[k], column.whole].flatMap((sum) => this.bars(sum)).join();
      setText(column.counts, `${number(types)}\n${number(neurons)}`);
      const words = `${plural(types, "type")}, ${plural(neurons, "neuron")}`;
      column.button.setAttribute("aria-label", `${isolated(this.facet.name(column.region))}: ${words}`);
    });
  }
}

/** How large a bar is; what is not nothing is seen. */
function bar(sum, most) {
  return `0.75rem ${sum > 0 ? Math.max(1, (100 * sum) / most) : 0}%`;
}
