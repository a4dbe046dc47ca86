/**
 * What flows between the stages: records and the pure functions on them. Nothing in this room knows
 * a client, a clock or a file.
 */
package quickpage.index.model;
