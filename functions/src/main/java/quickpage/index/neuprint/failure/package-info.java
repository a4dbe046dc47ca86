/**
 * What a failed request means and what to do about it, decided from status and text alone; and the
 * circuit breaker that all queries of a client share. Nothing here sends anything.
 */
package quickpage.index.neuprint.failure;
