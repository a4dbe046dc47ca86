import { chosenWords } from "./chosen-words.js";
import { copy } from "./copy.js";
import { showDetails } from "./details.js";
import { byId, isolated, setText } from "./dom.js";
import { saveAs } from "./export.js";
import { NARROW } from "./settings.js";
import { toggled, unfiltered, without } from "./state.js";

/** How long a button shows that the name was copied. */
const COPIED = 1500;

/** What a click on a button does, wherever on the page it is; what kind it is stands in its data attributes. */
export class Clicks {
  constructor(page) {
    this.page = page;
  }

  listen() {
    document.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("pointerdown", (event) => closeByBackdrop(event));
  }

  onClick(event) {
    const target = event.target.closest("button, [data-focus]");
    if (!target) {
      return;
    }
    const { page } = this;
    const { list, state } = page;
    const { facet, value, drop, copy: copied, details, sort, view, focus } = target.dataset;
    if (facet !== undefined) {
      this.clickTag(target, facet, value);
    } else if (drop !== undefined) {
      this.clickDrop(target, drop, value);
    } else if (copied !== undefined) {
      this.copyName(target, Number(copied));
    } else if (details !== undefined) {
      showDetails(page.types, Number(details), state);
    } else if (sort !== undefined) {
      page.change({ ...state, sort: page.sorting.next(sort, list.result.sort) });
    } else if (view !== undefined) {
      // The first type in sight stays the first: lines are so much lower than cards that another would be by the way back.
      page.change({ ...state, view }, { place: { ...list.remember(), y: -Infinity } });
    } else if (target.dataset.export !== undefined) {
      saveAs(target.dataset.export, page.types, list.result.order, chosenWords(state, page.facets));
    } else if ("close" in target.dataset) {
      target.closest("dialog").close();
    } else if (focus !== undefined) {
      event.preventDefault();
      byId(focus).focus();
    } else if (target.id === "reset") {
      page.change(unfiltered(state));
      this.focusChip(0);
    }
  }

  clickTag(target, facet, value) {
    const { list, state } = this.page;
    const dialog = target.closest("dialog");
    dialog?.close();
    const type = target.closest("[data-type]")?.dataset.type;
    const control = dialog ? list.scroller.querySelector(`[data-type="${type}"] [data-details]`) : target;
    const place = type === undefined ? null : list.remember(control);
    this.page.change(toggled(state, facet, value), { place });
  }

  /** A chip leaves the focus to its neighbour, a way out of an empty list to the first type found. */
  clickDrop(target, key, value) {
    const at = [...byId("chips").children].indexOf(target);
    this.page.change(dropped(this.page.state, key, value));
    if (at >= 0) {
      this.focusChip(at);
    } else {
      this.page.list.focusFirst();
    }
  }

  /** Where no chip is left the search field takes the focus, or what opens no keyboard on a phone. */
  focusChip(at) {
    const chips = byId("chips").children;
    const other = NARROW.matches ? byId("filters-button") : this.page.field.input;
    (chips[at] ?? chips[at - 1] ?? other).focus();
  }

  async copyName(button, i) {
    const name = this.page.types.names[i];
    const done = await copy(name, button.parentElement);
    setText(byId("said"), done ? `Copied ${isolated(name)}` : "The browser did not allow copying");
    button.classList.toggle("done", done);
    this.copied = button;
    setTimeout(() => button.classList.remove("done"), COPIED);
  }

  /** The button may soon belong to another type. */
  forgetCopied() {
    this.copied?.classList.remove("done");
  }
}

/** The state without one filter, or without one choice of it. */
function dropped(state, key, value) {
  if (key === "q") {
    return { ...state, q: "" };
  }
  return value === undefined ? without(state, key) : toggled(state, key, value);
}

/** The backdrop belongs to the dialog, but lies outside its box. */
function closeByBackdrop({ target, clientX, clientY }) {
  if (!target.matches("dialog")) {
    return;
  }
  const { left, right, top, bottom } = target.getBoundingClientRect();
  if (clientX < left || clientX > right || clientY < top || clientY > bottom) {
    target.close();
  }
}
