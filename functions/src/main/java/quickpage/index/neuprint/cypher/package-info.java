/**
 * The text of queries: literals, the query for types in its forms, and the comment that introduces
 * a run. Pure functions.
 */
package quickpage.index.neuprint.cypher;
