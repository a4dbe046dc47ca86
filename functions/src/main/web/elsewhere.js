/** Addresses of types on other sites, made of names that may hold anything. */

/** Codex lists the neurons of FlyWire's brain (dataset fafb) whose type is exactly this. */
export function codexAddress(flywireType) {
  return `https://codex.flywire.ai/app/search?dataset=fafb&filter_string=${encodeURIComponent(`cell_type==${flywireType}`)}`;
}

/** neuPrintExplorer's "Find neurons" for a type; null where the index is not from a server with that site. */
export function neuPrintAddress(server, dataset, type) {
  if (!server) {
    return null;
  }
  const parameters = [
    ["dataset", dataset],
    ["qt", "findneurons"],
    ["q", "1"],
    ["qr[0][code]", "fn"],
    ["qr[0][ds]", dataset],
    ["qr[0][pm][dataset]", dataset],
    ["qr[0][pm][all_segments]", "false"],
    ["qr[0][pm][enable_contains]", "true"],
    ["qr[0][pm][neuron_name]", type],
    ["qr[0][visProps][rowsPerPage]", "50"],
    ["tab", "0"],
  ];
  return `${server}/results?${parameters.map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}`;
}
