import { byId, el, plural, setHidden } from "./dom.js";

/** What to do when no type is left: which filter to drop, or which names are near. */
export function showEmptyState(page, result) {
  const box = byId("nothing");
  setHidden(box, result.count > 0);
  box.replaceChildren();
  if (result.count > 0) {
    return;
  }
  const { q, chosen } = page.state;
  const textFinds = result.text === null || result.text.some((word) => word !== 0);
  box.append(
    el("p", { class: "nothing-title" }, textFinds ? "No type fits all filters." : "No name, synonym or FlyWire type contains “", textFinds ? null : el("bdi", {}, q), textFinds ? null : "”."),
  );
  if (textFinds) {
    box.append(el("ul", { role: "list", class: "drops" }, ...drops(page, result, q, chosen)));
  } else {
    offerNames(page, result.query, box);
  }
}

/** For each filter, how many types there would be without it; those that help first. */
function drops(page, result, q, chosen) {
  const keys = page.facets.filter(({ key }) => chosen.has(key)).map(({ key, label }) => [key, label]);
  if (q) {
    keys.unshift(["q", "the text “", el("bdi", {}, q), "”"]);
  }
  return keys
    .map(([key, ...label]) => ({ key, label, count: page.filter.countWithout(result, key) }))
    .sort((a, b) => b.count - a.count)
    .map(({ key, label, count }) =>
      el("li", {}, el("button", { type: "button", class: "button", "data-drop": key }, "Without ", ...label, `: ${plural(count, "type")}`)),
    );
}

/** Looking for near names takes a while, so what is known is shown first. */
function offerNames(page, query, box) {
  setTimeout(() => {
    if (page.list.result.query !== query || box.querySelector(".near")) {
      return;
    }
    const near = page.search.nearest(query);
    if (near.length > 0) {
      box.append(
        el("p", { class: "near" }, "The nearest names:"),
        el(
          "ul",
          { role: "list", class: "drops" },
          ...near.map((i) => {
            const name = page.types.names[i];
            const button = el("button", { type: "button", class: "button" }, el("bdi", {}, name));
            button.addEventListener("click", () => {
              page.change({ ...page.state, q: name.trim() });
              page.list.focusFirst();
            });
            return el("li", {}, button);
          }),
        ),
      );
    }
    box.append(el("button", { type: "button", class: "button", "data-drop": "q" }, "Clear the text"));
  }, 60);
}
