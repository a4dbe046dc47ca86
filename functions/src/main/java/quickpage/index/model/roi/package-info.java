/**
 * Brain regions (ROIs): names, hierarchy, and the summary of a type's synapses by region. Pure
 * functions.
 */
package quickpage.index.model.roi;
