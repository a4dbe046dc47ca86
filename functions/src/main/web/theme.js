/** Stands in the page's head: the colours that a reader chose, before anything is painted. */
try {
  document.documentElement.dataset.theme = localStorage.getItem("quickpage-index-theme") ?? "system";
} catch {
  // Nothing is kept for this page, so the system's colours stay.
}
