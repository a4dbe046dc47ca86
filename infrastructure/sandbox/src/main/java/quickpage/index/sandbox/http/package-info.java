/**
 * What neuPrintHTTP does between the client and the database, reproduced: labels rewritten in the
 * text of a query, the shape of answers and errors, tokens; and the faults in front of it, which
 * tests can order: latency, failures, a limit of concurrent queries.
 */
package quickpage.index.sandbox.http;
