/**
 * The embedded Neo4j: loading a connectome, keeping the store, running read-only Cypher. Everything
 * that touches Neo4j's classes is in here; HTTP is not.
 */
package quickpage.index.sandbox.graph;
