/** What the page calls the properties of otherTypes and otherClasses (docs/index-semantics.md). */
const OTHER_TYPES = new Map([
  ["hemibrainType", "Hemibrain type"],
  ["mancType", "MANC type"],
  ["systematicType", "Systematic type"],
  ["serialMotif", "Serial motif"],
]);

const OTHER_CLASSES = new Map([
  ["birthtime", "Birth time"],
  ["entryNerve", "Entry nerve"],
  ["exitNerve", "Exit nerve"],
  ["fruDsx", "fru / dsx"],
  ["nerve", "Nerve"],
]);

export function otherTypeLabel({ property }) {
  return OTHER_TYPES.get(property) ?? property;
}

/** The site's owner may have chosen a label, and has for a property that is none of the above. */
export function otherClassLabel({ property, label }) {
  return label ?? OTHER_CLASSES.get(property) ?? property;
}

/** The facet's key: no other one has a hyphen. */
export function otherClassKey({ property }) {
  return `property-${property}`;
}
