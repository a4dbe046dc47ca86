/**
 * The client behind the port: the job that describes types in chunks and halves, the questions
 * about a dataset, clients that share connections, and SnapStart priming.
 */
package quickpage.index.neuprint.client;
