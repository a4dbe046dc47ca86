/**
 * Publishing an index so that readers see all of it or nothing, the record of publications, and
 * going back to an earlier one. {@link quickpage.index.site.publish.Publications} is the way in.
 */
package quickpage.index.site.publish;
