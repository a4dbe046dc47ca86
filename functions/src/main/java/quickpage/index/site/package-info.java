/**
 * The site that is indexed: which of its files are pages, which neuron type each page belongs to,
 * and how a page's path becomes a link. What a type's data says is decided in the model; nothing
 * here asks NeuPrint.
 */
package quickpage.index.site;
