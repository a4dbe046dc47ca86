import { byId } from "./dom.js";

/** The field for a piece of a name. */
export class SearchField {
  constructor(page) {
    this.page = page;
    this.input = byId("search");
    /** Whether the last change was a letter typed here, which the next one shares its entry with. */
    this.typing = false;
  }

  /** Another text than what was typed. */
  show(text) {
    this.input.value = text;
    this.typing = false;
  }

  listen() {
    const { page, input } = this;
    byId("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      page.list.goTo(0);
    });
    input.addEventListener("input", () => {
      const q = input.value.trim();
      if (q !== page.state.q) {
        page.change({ ...page.state, q }, { typing: true });
      }
    });
    input.addEventListener("change", () => {
      page.address.flush();
      this.typing = false;
    });
  }

  onKey(event) {
    const { page } = this;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      page.list.goTo(0);
    } else if (event.key === "Escape" && page.state.q) {
      event.preventDefault();
      page.change({ ...page.state, q: "" });
    }
  }
}
