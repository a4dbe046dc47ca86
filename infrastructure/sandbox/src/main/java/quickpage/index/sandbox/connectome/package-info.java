/**
 * What a dataset consists of, before any database: its name, its Meta properties and its neurons,
 * from a seeded generator or from files. Knows neither Neo4j nor HTTP.
 */
package quickpage.index.sandbox.connectome;
