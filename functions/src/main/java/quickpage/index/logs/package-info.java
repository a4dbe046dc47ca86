/**
 * What a function writes to its log: one JSON object a line, with the run, stage and batch that it
 * works for. Nothing here knows a stage, and nothing here is used on one machine.
 */
package quickpage.index.logs;
