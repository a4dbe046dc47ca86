import { create, vnode } from "./vnode.js";

/** A new element of a tag, with attributes and children as a vnode has them. */
export function el(tag, attributes, ...children) {
  return create(vnode(tag, attributes, ...children));
}

const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text of a database for a title or a label, where no bdi element can stand: it is put between
 * marks that keep its direction to itself, and loses its own marks, which could end them.
 */
export function isolated(text) {
  return `\u2068${text.replace(BIDI_CONTROLS, "")}\u2069`;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Sets a text only where it differs, because each change costs a layout, and a new text node a style too. */
export function setText(element, text) {
  const [node] = element.childNodes;
  if (!node) {
    element.append(text);
  } else if (node.data !== text) {
    node.data = text;
  }
}

/** Sets an attribute only where it differs: browsers look for what hangs on it even where it is set to what it was. */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

export function setHidden(element, hidden) {
  if (element.hidden !== hidden) {
    element.hidden = hidden;
  }
}

/** Lets the browser lay the page out now, as it would for the coming frame. */
export function layOut() {
  return document.body.offsetHeight;
}

/** Nothing in such a path means anything else in an address. */
const PLAIN = /^[\w./-]*$/;

/** The four pages of a type are relative paths; whatever they hold must stay a path. */
export function hrefOf(path) {
  if (PLAIN.test(path)) {
    return path;
  }
  return path
    .split("/")
    .map((segment) =>
      encodeURIComponent(segment).replace(/%(?:24|26|2C|3B|3D|40)/g, decodeURIComponent),
    )
    .join("/");
}

const NUMBER = new Intl.NumberFormat("en");

/** 12345 → 12,345. Most numbers are small, and to look after their commas takes the browser long. */
export function number(value) {
  return value >= 0 && value < 1000 ? String(value) : NUMBER.format(value);
}

/** One form for one, another for every other count: plural(2, "type") → "2 types". */
export function plural(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}
