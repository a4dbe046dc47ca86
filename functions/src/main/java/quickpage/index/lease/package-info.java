/**
 * Run coordination by lease: the lease that keeps two runs of a site apart, the uploads that are
 * pending until a run has seen them, the queue whose messages call {@code start}, and the
 * executions that it begins. Ports, and their adapters over DynamoDB, SQS and Step Functions.
 * Nothing here knows pages, NeuPrint or what an index holds.
 */
package quickpage.index.lease;
