import { byId, el, setHidden } from "./dom.js";
import { listenToMenu, remember, remembered } from "./settings.js";
import { OTHER_COLUMNS } from "./table.js";

/** The menu that chooses the table's columns; there is no table without the names. */
export class ColumnMenu {
  /** @param onChange told the keys of the columns to hide */
  constructor(onChange) {
    this.menu = byId("columns-menu");
    /** What the reader chose at an earlier visit, for addresses that say nothing of columns. */
    this.usual = (remembered("hidden-columns") ?? "").split(" ").filter((key) => OTHER_COLUMNS.some((one) => one.key === key));
    this.boxes = OTHER_COLUMNS.map(({ key }) => el("input", { type: "checkbox", id: `column-${key}`, value: key, autocomplete: "off" }));
    this.all = el("button", { type: "button" }, "All columns");
    this.menu.append(
      ...OTHER_COLUMNS.map(({ key, label }, k) => el("label", { for: `column-${key}` }, this.boxes[k], label)),
      this.all,
    );
    const choose = (hidden) => {
      remember("hidden-columns", hidden.join(" "));
      onChange(hidden);
    };
    this.menu.addEventListener("change", () => choose(this.boxes.filter((box) => !box.checked).map((box) => box.value)));
    this.all.addEventListener("click", () => choose([]));
    listenToMenu(byId("columns-button"), this.menu, true);
  }

  /** The columns that a state hides. */
  hidden(state) {
    return state.hidden ?? this.usual;
  }

  show(state) {
    setHidden(this.menu.parentElement, state.view !== "table");
    const hidden = this.hidden(state);
    this.boxes.forEach((box) => {
      box.checked = !hidden.includes(box.value);
    });
  }
}
