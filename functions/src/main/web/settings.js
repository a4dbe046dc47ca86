import { byId } from "./dom.js";

const THEMES = [
  ["system", "◐", "Colours: as the system"],
  ["light", "☀", "Colours: light"],
  ["dark", "☾", "Colours: dark"],
];

/** Settings are kept in the browser; where it keeps nothing (some file:// pages), they last a visit. */
const kept = {};

export function remembered(key) {
  try {
    return localStorage.getItem(`quickpage-index-${key}`) ?? kept[key];
  } catch {
    return kept[key];
  }
}

export function remember(key, value) {
  kept[key] = value;
  try {
    localStorage.setItem(`quickpage-index-${key}`, value);
  } catch {
    // Kept for this visit only.
  }
}

/** Where the filters lie over the list instead of beside it; the same width as in the style. */
export const NARROW = matchMedia("(max-width: 45rem)");

/** Where the header scrolls away; the same height as in the style. */
export const LOW = matchMedia("(max-height: 30rem)");

/** WCAG 2.1.4: keys without a modifier can be turned off. */
export function shortcutsOn() {
  return remembered("shortcuts") !== "off";
}

export function listenToSettings() {
  const theme = byId("theme");
  showTheme(theme);
  theme.addEventListener("click", () => {
    const at = THEMES.findIndex(([name]) => name === (remembered("theme") ?? "system"));
    remember("theme", THEMES[(at + 1) % THEMES.length][0]);
    showTheme(theme);
  });
  const shortcuts = byId("shortcuts");
  shortcuts.checked = shortcutsOn();
  shortcuts.addEventListener("change", () => remember("shortcuts", shortcuts.checked ? "on" : "off"));
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  listenToMenu(byId("export-button"), byId("export-menu"));
  listenToFilters();
}

function showTheme(button) {
  const [name, sign, label] = THEMES.find(([key]) => key === remembered("theme")) ?? THEMES[0];
  document.documentElement.dataset.theme = name;
  button.textContent = sign;
  button.setAttribute("aria-label", label);
  button.title = label;
}

/** @param stays whether the menu stays open while choices are made in it */
export function listenToMenu(button, box, stays = false) {
  const open = (on) => {
    box.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  };
  button.addEventListener("click", () => open(box.hidden));
  if (!stays) {
    box.addEventListener("click", () => {
      button.focus();
      open(false);
    });
  }
  box.parentElement.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) {
      open(false);
      button.focus();
    }
  });
  box.parentElement.addEventListener("focusout", (event) => {
    if (!box.parentElement.contains(event.relatedTarget)) {
      open(false);
    }
  });
}

/** On a narrow screen the filters lie over the list; the rest is out of reach meanwhile. */
function listenToFilters() {
  const button = byId("filters-button");
  const close = byId("filters-close");
  const facets = byId("facets");
  const beside = document.querySelectorAll(".skip, .top, .chip-row, #results");
  const open = (on) => {
    document.body.classList.toggle("filtering", on);
    button.setAttribute("aria-expanded", String(on));
    beside.forEach((part) => {
      part.inert = on;
    });
    (on ? close : button).focus();
  };
  button.addEventListener("click", () => open(true));
  close.addEventListener("click", () => open(false));
  facets.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("filtering")) {
      open(false);
    }
  });
  NARROW.addEventListener("change", () => {
    if (NARROW.matches || !document.body.classList.contains("filtering")) {
      return;
    }
    const held = document.activeElement;
    open(false);
    // A wide page has neither the button that opens the filters nor the one that closes them.
    (facets.contains(held) && held !== close ? held : facets.querySelector(".facet-button")).focus();
  });
}
