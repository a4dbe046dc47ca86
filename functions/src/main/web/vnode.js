/**
 * A description of an element (virtual node): its tag, attributes and children, which are texts,
 * other vnodes, or elements made before. An element is created once and then patched to show the
 * next type, which costs the browser less than a new one does. A child is patched to the one at the
 * same place, so null stands where a type lacks what others have there.
 *
 * Elements are only ever made here, from text: nothing that comes from a database is parsed as
 * HTML anywhere on this page.
 *
 * @param attributes by name; null, undefined and false stand for none, style is an object of
 *     properties, because the page's policy allows no style as text
 */
export function vnode(tag, attributes, ...children) {
  return { tag, attributes, children: children.map((child) => (isText(child) ? String(child) : (child ?? null))) };
}

/** A child that is filled later: a new one is empty, one that is there stays as it is. */
export function deferred(tag, attributes) {
  return { ...vnode(tag, attributes), isDeferred: true };
}

/** Children at their places, and null at the others up to a number of them. */
export function padded(children, places) {
  return Array.from({ length: places }, (_, k) => children[k] ?? null);
}

/** The element that a vnode describes. */
export function create({ tag, attributes, children }) {
  const element = document.createElement(tag);
  for (const name in attributes) {
    if (isSet(attributes[name])) {
      set(element, name, attributes[name]);
    }
  }
  element.append(...children.filter(isThere).map(nodeOf));
  return element;
}

/** Makes an element that one vnode describes into what another describes. */
export function patch(element, before, after) {
  for (const name in before.attributes) {
    if (isSet(before.attributes[name]) && !isSet(after.attributes[name])) {
      element.removeAttribute(name);
    }
  }
  for (const name in after.attributes) {
    const value = after.attributes[name];
    if (isSet(value) && value !== before.attributes[name]) {
      set(element, name, value, before.attributes[name]);
    }
  }
  patchChildren(element, before.children, after.children);
}

function patchChildren(element, before, after) {
  let node = element.firstChild;
  const places = Math.max(before.length, after.length);
  for (let k = 0; k < places; k++) {
    const was = before[k] ?? null;
    const is = after[k] ?? null;
    if (was !== null && is?.isDeferred) {
      after[k] = was;
      node = node.nextSibling;
    } else if (was !== null) {
      const next = node.nextSibling;
      patchNode(node, was, is);
      node = next;
    } else if (is !== null) {
      element.insertBefore(nodeOf(is), node);
    }
  }
}

function patchNode(node, before, after) {
  if (before === after) {
    return;
  }
  if (after === null) {
    node.remove();
  } else if (isText(before) && isText(after)) {
    node.data = after;
  } else if (before.tag !== undefined && before.tag === after.tag) {
    patch(node, before, after);
  } else {
    node.replaceWith(nodeOf(after));
  }
}

function nodeOf(child) {
  if (isText(child)) {
    return document.createTextNode(child);
  }
  return child.tag === undefined ? child : create(child);
}

function set(element, name, value, before) {
  if (name === "class") {
    element.className = value;
  } else if (name === "style") {
    for (const property in before) {
      if (!(property in value)) {
        element.style[property] = "";
      }
    }
    for (const property in value) {
      if (value[property] !== before?.[property]) {
        element.style[property] = value[property];
      }
    }
  } else {
    element.setAttribute(name, value === true ? "" : value);
  }
}

function isThere(child) {
  return child !== null && child !== undefined;
}

function isText(child) {
  return typeof child === "string" || typeof child === "number";
}

function isSet(value) {
  return value !== null && value !== undefined && value !== false;
}
