/**
 * The index page that people open: one HTML file, and the content-hashed files it loads (style,
 * script, the types' columns, a plain list of links). Pure: entries in, bytes out; no store, no
 * clock, no client. What the browser runs is in {@code src/main/web}, the HTML in {@code
 * src/main/jte}; docs/page.md describes both.
 */
package quickpage.index.render.page;
