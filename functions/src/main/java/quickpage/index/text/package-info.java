/** Rules for text that any package may need: order, white space, characters made visible. */
package quickpage.index.text;
