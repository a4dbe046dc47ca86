/**
 * What an element shall be: its tag, attributes and children, which are texts, other parts, or
 * elements made before. One that shows a type is made once and then told what it shall be next,
 * which costs the browser less than a new one does.
 *
 * Elements are only ever made here, from text: nothing that comes from a database is parsed as
 * HTML anywhere on this page.
 *
 * @param attributes by name; null, undefined and false stand for none, style is an object of
 *     properties, because the page's policy allows no style as text
 */
export function part(tag, attributes, ...children) {
  return { tag, attributes, children: children.filter(isThere).map((child) => (isText(child) ? String(child) : child)) };
}

/** An element that is told later what it shall be: a new one is empty, one taken over stays as it is. */
export function later(tag, attributes) {
  return { ...part(tag, attributes), isLater: true };
}

/** The element that a part describes. */
export function made({ tag, attributes, children }) {
  const element = document.createElement(tag);
  for (const name in attributes) {
    if (isSet(attributes[name])) {
      set(element, name, attributes[name]);
    }
  }
  element.append(...children.map(nodeOf));
  return element;
}

/** Makes an element, which is what one part says, what another says. */
export function update(element, before, after) {
  if (after.isLater) {
    Object.assign(after, before, { isLater: false });
    return;
  }
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
  updateChildren(element, before.children, after.children);
}

function updateChildren(element, before, after) {
  let node = element.firstChild;
  for (let k = 0; k < after.length; k++) {
    if (k >= before.length) {
      element.append(nodeOf(after[k]));
      continue;
    }
    const next = node.nextSibling;
    updateNode(node, before[k], after[k]);
    node = next;
  }
  for (let k = after.length; k < before.length; k++) {
    element.lastChild.remove();
  }
}

function updateNode(node, before, after) {
  if (before === after) {
    return;
  }
  if (isText(before) && isText(after)) {
    node.data = after;
  } else if (before.tag !== undefined && before.tag === after.tag) {
    update(node, before, after);
  } else {
    node.replaceWith(nodeOf(after));
  }
}

function nodeOf(child) {
  return child.tag === undefined ? child : made(child);
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
