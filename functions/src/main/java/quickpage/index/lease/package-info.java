/**
 * Whose turn it is to work on a site: the lease that keeps two runs apart, the marks that uploads
 * leave until a run has seen them, the queue that wakes {@code start}, and the executions that it
 * begins. Ports, and their adapters over DynamoDB, SQS and Step Functions. Nothing here knows
 * pages, NeuPrint or what an index holds.
 */
package quickpage.index.lease;
