import { Address } from "./address.js";
import { Chips } from "./chips.js";
import { chosenWords } from "./chosen-words.js";
import { Clicks } from "./clicks.js";
import { ColumnMenu } from "./column-menu.js";
import { byId, layOut } from "./dom.js";
import { showEmptyState } from "./empty-state.js";
import { facetsOf } from "./facets.js";
import { Filter } from "./filter.js";
import { FindHint } from "./find-hint.js";
import { HeaderCounts } from "./header-counts.js";
import { Keyboard } from "./keyboard.js";
import { Orders } from "./order.js";
import { Overview } from "./overview.js";
import { fillPrint } from "./print.js";
import { ResultList } from "./result-list.js";
import { NameSearch } from "./search.js";
import { SearchField } from "./search-field.js";
import { listenToSettings, LOW } from "./settings.js";
import { Sidebar } from "./sidebar.js";
import { SortMenu } from "./sorting.js";
import { toggled } from "./state.js";
import { Viewport } from "./viewport.js";
import { warmUp } from "./warm-up.js";
import { WindowTitle } from "./window-title.js";

/** What the reader has chosen, and everything that shows it. */
export class Page {
  constructor(types) {
    this.types = types;
    this.facets = facetsOf(types);
    this.address = new Address(this.facets.map(({ key }) => key));
    this.search = new NameSearch(types);
    this.filter = new Filter(types, this.facets, this.search);
    this.orders = new Orders(types);
    this.title = new WindowTitle();
    this.sorting = new SortMenu(byId("sort"), (sort) => this.change({ ...this.state, sort }));
    this.columns = new ColumnMenu((hidden) =>
      this.change({ ...this.state, hidden }, { place: this.list.remember() }),
    );
    this.overview = new Overview(types, this.facets.find(({ key }) => key === "region"));
    this.chips = new Chips(this.facets);
    this.viewport = new Viewport(byId("results"), byId("overview"), this.chips.row);
    this.list = new ResultList(types, this.viewport);
    this.counts = new HeaderCounts(types, this.viewport.rem);
    this.list.measure();
    this.sidebar = new Sidebar(this.facets, byId("facets"), (key, value) =>
      this.change(toggled(this.state, key, value)),
    );
    this.field = new SearchField(this);
    this.clicks = new Clicks(this);
    this.listen();
    this.load();
    warmUp(this);
  }

  listen() {
    this.field.listen();
    addEventListener("popstate", () => this.load());
    addEventListener("pagehide", () => {
      this.address.flush();
      this.address.rememberPlace(this.list.scroller.scrollTop);
    });
    this.clicks.listen();
    new Keyboard(this).listen();
    new FindHint().listen();
    this.list.listen();
    addEventListener("beforeprint", () => fillPrint(this.types, this.list.result.order));
    addEventListener("afterprint", () => byId("print").replaceChildren());
    listenToSettings();
  }

  /** Takes the state from the address, and the place in the list from the browser's history. */
  load() {
    this.state = this.address.read();
    this.field.show(this.state.q);
    this.show();
    this.list.scrollTo(this.address.place);
  }

  /**
   * Another choice. Each is an entry in the browser's history; letters typed one after the other
   * share theirs.
   *
   * @param place what the list shall leave where it is on the screen, as ResultList remembers it
   */
  change(state, { typing = false, place = null } = {}) {
    const sharesEntry = typing && this.field.typing;
    const scrolled = this.viewport.top;
    this.state = state;
    if (typing) {
      this.field.typing = true;
    } else {
      this.field.show(state.q);
    }
    this.show();
    if (place) {
      this.list.restore(place);
    }
    if (sharesEntry) {
      this.address.follow(state);
    } else if (typing) {
      this.address.begin(state, scrolled);
    } else {
      // Last, and with everything laid out: what the browser does for a new entry, beside the page, takes
      // time from a change that is still at work.
      layOut();
      this.address.push(state, scrolled);
    }
  }

  show() {
    const { state } = this;
    const result = this.filter.apply(state);
    const ordered = this.orders.inOrder(state, this.search, result);
    this.counts.show(result.count, ordered.order);
    this.showChips();
    this.title.show(chosenWords(state, this.facets));
    byId("filters-button").classList.toggle("active", state.chosen.size > 0);
    this.sorting.show(state, ordered.sort);
    this.columns.show(state);
    this.sidebar.show(state, this.filter, result);
    this.overview.show(state, this.filter.meet(result.text, result.unions, "region"));
    showEmptyState(this, result);
    this.clicks.forgetCopied();
    this.list.show({ ...ordered, query: result.query, state, hidden: this.columns.hidden(state) });
  }

  /** The list is told at once of the room that the line of chips leaves or takes. */
  showChips() {
    const { chips, viewport, state } = this;
    const before = chips.row.hidden;
    chips.show(state);
    const after = chips.row.hidden;
    // A low window's list is as high as the window.
    if (before !== after && !LOW.matches) {
      viewport.chipsToggled(before);
    }
  }
}
