import { byId, setHidden, setText } from "./dom.js";
import { shortcutsOn } from "./settings.js";

/**
 * Says, when the browser is asked to find a text in the page, that it knows only the types in sight
 * and what searches all. The browser finds all the same.
 */
export class FindHint {
  constructor() {
    this.box = byId("find-hint");
  }

  listen() {
    document.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, shiftKey }) => {
      const finds = key?.toLowerCase() === "f" && (ctrlKey || metaKey) && !altKey && !shiftKey;
      if (finds && !document.querySelector("dialog[open]")) {
        this.show();
      } else if (key === "Escape") {
        setHidden(this.box, true);
      }
    });
    byId("search").addEventListener("focus", () => setHidden(this.box, true));
    byId("find-hint-close").addEventListener("click", () => setHidden(this.box, true));
  }

  show() {
    const way = shortcutsOn() ? "/ searches" : "the field for names searches";
    setHidden(this.box, false);
    setText(byId("find-hint-text"), `The browser finds only what is in sight; ${way} all types.`);
  }
}
