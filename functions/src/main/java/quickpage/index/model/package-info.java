/**
 * The domain: neuron types, their facts and index entries. Records and pure functions on them; no
 * client, clock or file.
 */
package quickpage.index.model;
