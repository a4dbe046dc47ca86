import { byId, el } from "./dom.js";
import { Page } from "./page.js";
import { Types, unpack } from "./types.js";

async function start() {
  const { types: file } = document.body.dataset;
  const packed = globalThis.quickpageIndexTypes;
  delete globalThis.quickpageIndexTypes;
  if (packed === undefined) {
    giveUp(`The file ${file} is missing or broken.`);
    return;
  }
  if (!globalThis.DecompressionStream) {
    giveUp("This browser is too old for this page.");
    return;
  }
  let columns;
  try {
    columns = await unpack(packed);
  } catch (error) {
    giveUp(`The file ${file} is broken.`);
    throw error;
  }
  try {
    new Page(new Types(columns));
    document.documentElement.classList.add("ready");
  } catch (error) {
    giveUp(`The types cannot be shown: ${error.message}`);
    throw error;
  }
}

/** Says why there are no types to filter, and where they are found all the same. */
function giveUp(reason) {
  const box = byId("nothing");
  box.hidden = false;
  box.replaceChildren(
    el("p", { class: "nothing-title" }, reason),
    el("p", {}, "All pages are in ", el("a", { href: document.body.dataset.list }, "a plain list"), "."),
  );
}

start();
