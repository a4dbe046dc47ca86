/**
 * A NeuPrint server for one machine: the command {@code sandbox}, which puts a {@link
 * quickpage.index.sandbox.connectome connectome} into an {@link quickpage.index.sandbox.graph
 * embedded Neo4j} and answers for it over {@link quickpage.index.sandbox.http HTTP}.
 *
 * <p>It runs as a process of its own. Neo4j is GPL and brings its own Jetty, so nothing that is
 * deployed, and no other module, may depend on this one; the others start it and speak HTTP.
 */
package quickpage.index.sandbox;
