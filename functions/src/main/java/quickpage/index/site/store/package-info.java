/**
 * Objects by key: the port {@link quickpage.index.site.store.ObjectStore}, and S3 behind it. What
 * the objects hold is no matter here.
 */
package quickpage.index.site.store;
