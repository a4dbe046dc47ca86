/**
 * What is published of the finished entries: {@code data/index.json} with its JSON Schema, and the
 * files that existing pages load for their search box. Entries come one after the other and are not
 * kept, so that memory does not grow with the dataset. Where the bytes go is not decided here.
 */
package quickpage.index.render;
