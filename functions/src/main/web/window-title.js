import { shortened } from "./chosen-words.js";
import { isolated } from "./dom.js";

/** How long after a change a reader is taken to have made the last one for now. */
const REST = 600;

/** Longer titles are cut. */
const LETTERS = 100;

/**
 * Tells windows and bookmarks apart by what is chosen in them; when the reader pauses, because a
 * title takes the browser some milliseconds.
 */
export class WindowTitle {
  constructor() {
    this.plain = document.title;
  }

  show(words) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const title = shortened(words.map(isolated).join(", "), LETTERS);
      document.title = title ? `${title} – ${this.plain}` : this.plain;
    }, REST);
  }
}
