/** One request to the server: transport, limits of an answer, retries with backoff, metrics. */
package quickpage.index.neuprint.http;
