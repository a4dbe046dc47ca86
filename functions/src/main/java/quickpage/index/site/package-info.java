/**
 * The site: which page is of which type, the bucket the pages lie in, the run's own folder there,
 * and publishing. Nothing here knows NeuPrint or the cache, and naming rules are pure functions.
 */
package quickpage.index.site;
