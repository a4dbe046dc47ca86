/**
 * What the reader has chosen, and the same as the URL's fragment: #q=text&roi=ME&roi=LO&side=…
 * One parameter a choice, so no character of a value can be mistaken for a separator.
 */
const VIEWS = ["cards", "table"];

/** hidden: keys of the table's columns that are hidden; null for those that the reader usually hides. */
function emptyState() {
  return { q: "", chosen: new Map(), sort: "", view: "cards", hidden: null };
}

export function readState(fragment, facetKeys, sortKeys, columnKeys) {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = emptyState();
  state.q = (parameters.get("q") ?? "").trim();
  for (const key of facetKeys) {
    const values = [...new Set(parameters.getAll(key))];
    if (values.length > 0) {
      state.chosen.set(key, values);
    }
  }
  const sort = parameters.get("sort") ?? "";
  state.sort = sortKeys.includes(sort.replace(/^-/, "")) ? sort : "";
  state.view = VIEWS.includes(parameters.get("view")) ? parameters.get("view") : "cards";
  if (parameters.has("hide")) {
    const hidden = new Set(parameters.getAll("hide"));
    state.hidden = columnKeys.filter((key) => hidden.has(key));
  }
  return state;
}

export function writeState(state, facetKeys) {
  const parameters = new URLSearchParams();
  if (state.q) {
    parameters.append("q", state.q);
  }
  for (const key of facetKeys) {
    for (const value of state.chosen.get(key) ?? []) {
      parameters.append(key, value);
    }
  }
  if (state.sort) {
    parameters.append("sort", state.sort);
  }
  if (state.view !== "cards") {
    parameters.append("view", state.view);
  }
  if (state.hidden !== null) {
    // An empty one says that none is hidden.
    (state.hidden.length > 0 ? state.hidden : [""]).forEach((key) => parameters.append("hide", key));
  }
  return parameters.toString();
}

/** The same state with a choice made or taken back. */
export function toggled(state, key, value) {
  const before = state.chosen.get(key) ?? [];
  const after = before.includes(value)
    ? before.filter((other) => other !== value)
    : [...before, value];
  const chosen = new Map(state.chosen);
  if (after.length > 0) {
    chosen.set(key, after);
  } else {
    chosen.delete(key);
  }
  return { ...state, chosen };
}

/** The same state without any choice in one facet. */
export function without(state, key) {
  const chosen = new Map(state.chosen);
  chosen.delete(key);
  return { ...state, chosen };
}

/** The same view and order with no filter at all. */
export function unfiltered(state) {
  return { ...state, q: "", chosen: new Map() };
}
