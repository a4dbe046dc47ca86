
// The search box: a combobox on the input with id "menulines". Type a part of a name, choose with
// the arrow keys or the mouse; Enter or a click opens the type's first page.
(function () {
  "use strict";

  const MOST_SHOWN = 12;

  // Addresses are relative to the site's root, wherever the page that loads this script is.
  const script = document.currentScript;
  const root =
    script && script.src ? new URL("../../", script.src) : new URL(".", document.baseURI);

  function matching(typed) {
    const wanted = typed.trim().toLowerCase();
    if (wanted === "") {
      return [];
    }
    const ranked = [[], [], []];
    for (const neuron of NEURON_DATA) {
      const name = neuron.name.toLowerCase();
      const at = name.indexOf(wanted);
      if (at >= 0) {
        ranked[name === wanted ? 0 : at === 0 ? 1 : 2].push(neuron);
      }
    }
    return ranked.flat().slice(0, MOST_SHOWN);
  }

  function open(neuron) {
    window.location.assign(new URL(neuron.primary_url, root).href);
  }

  function attach(input) {
    const list = document.createElement("ul");
    let shown = [];
    let active = -1;

    list.id = "menulines-suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Neuron types");
    Object.assign(list.style, {
      position: "fixed",
      zIndex: "10000",
      margin: "0",
      padding: "0",
      listStyle: "none",
      maxHeight: "20em",
      overflowY: "auto",
      border: "1px solid",
      color: "CanvasText",
      background: "Canvas",
    });
    document.body.appendChild(list);

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocomplete", "off");

    function place() {
      const box = input.getBoundingClientRect();
      list.style.left = box.left + "px";
      list.style.top = box.bottom + "px";
      list.style.minWidth = box.width + "px";
    }

    function activate(index) {
      active = index;
      Array.from(list.children).forEach(function (option, at) {
        option.setAttribute("aria-selected", String(at === active));
        option.style.color = at === active ? "HighlightText" : "";
        option.style.background = at === active ? "Highlight" : "";
      });
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", list.children[active].id);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    }

    function show(neurons) {
      shown = neurons;
      list.replaceChildren(
        ...neurons.map(function (neuron, at) {
          const option = document.createElement("li");
          option.id = list.id + "-" + at;
          option.setAttribute("role", "option");
          option.textContent = neuron.name;
          option.style.padding = "0.25em 0.5em";
          option.style.cursor = "pointer";
          option.addEventListener("click", function () {
            open(neuron);
          });
          return option;
        })
      );
      list.hidden = neurons.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      activate(-1);
      if (!list.hidden) {
        place();
      }
    }

    function suggest() {
      show(matching(input.value));
    }

    function step(by) {
      if (list.hidden) {
        suggest();
      }
      const places = shown.length + 1; // one more than the options: none of them
      activate(((active + 1 + by + places) % places) - 1);
    }

    function onKey(event) {
      if (event.isComposing) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter") {
        const choice = active < 0 ? matching(input.value)[0] : shown[active];
        if (choice) {
          event.preventDefault();
          open(choice);
        }
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show([]);
      }
    }

    function follow() {
      if (!list.hidden) {
        place();
      }
    }

    input.addEventListener("input", suggest);
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", function () {
      show([]);
    });
    // Keeps the focus in the input, so that its blur does not take the option away before the click.
    list.addEventListener("mousedown", function (event) {
      event.preventDefault();
    });
    window.addEventListener("resize", follow);
    window.addEventListener("scroll", follow, true);
  }

  function start() {
    const input = document.getElementById("menulines");
    if (input) {
      attach(input);
    }
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
