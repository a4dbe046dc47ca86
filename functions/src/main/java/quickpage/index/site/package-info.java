/**
 * The site: its pages, the bucket they lie in, the run's own folder there, and publishing. Nothing
 * here knows NeuPrint or the cache.
 */
package quickpage.index.site;
