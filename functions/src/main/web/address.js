import { SORT_KEYS } from "./order.js";
import { readState, writeState } from "./state.js";
import { OTHER_COLUMNS } from "./table.js";

const COLUMN_KEYS = OTHER_COLUMNS.map(({ key }) => key);

/** How long after the last letter the address follows; browsers limit how often it may change. */
const DELAY = 120;

/** How long after the first one: its frame has been painted by then, and no reader has stepped back yet. */
const AFTER_FRAME = 40;

/** The state in the page's address, and the place in the list in the browser's history. */
export class Address {
  constructor(facetKeys) {
    this.facetKeys = facetKeys;
    /** The state that the address does not have yet, and how it will get it. */
    this.due = null;
  }

  /** The state of the present entry; what was due belonged to another one. */
  read() {
    clearTimeout(this.timer);
    this.due = null;
    return readState(location.hash, this.facetKeys, SORT_KEYS, COLUMN_KEYS);
  }

  /** How far the list was scrolled when the reader left the present entry. */
  get place() {
    return history.state?.scroll ?? 0;
  }

  /** An entry of its own for a state; the entry before keeps how far the list is scrolled. */
  push(state, scrolled) {
    this.flush();
    this.leave(scrolled);
    this.write("pushState", state);
  }

  /**
   * An entry of its own for a state that is being typed. The letter is shown first: what the browser
   * does for an entry, beside the page, would take time from that.
   */
  begin(state, scrolled) {
    this.flush();
    this.leave(scrolled);
    this.due = { how: "pushState", state };
    this.timer = setTimeout(() => this.flush(), AFTER_FRAME);
  }

  /** A state that shares the present entry, where more such states may soon follow. */
  follow(state) {
    if (this.due?.how === "pushState") {
      this.due.state = state;
      return;
    }
    this.due = { how: "replaceState", state };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), DELAY);
  }

  flush() {
    clearTimeout(this.timer);
    if (this.due) {
      this.write(this.due.how, this.due.state);
      this.due = null;
    }
  }

  write(how, state) {
    const fragment = writeState(state, this.facetKeys);
    const url = fragment ? `#${fragment}` : location.pathname + location.search;
    try {
      history[how](null, "", url);
    } catch {
      // A browser that is asked too often refuses; the next change writes the whole state again.
    }
  }

  leave(scrolled) {
    if (scrolled > 0) {
      this.rememberPlace(scrolled);
    }
  }

  rememberPlace(scrolled) {
    try {
      history.replaceState({ scroll: scrolled }, "");
    } catch {
      // As above: then the list begins at its top after a step back.
    }
  }
}
