/**
 * The whole workflow on one machine: the stages' own handlers, called by the runner, over the S3
 * and DynamoDB of this JVM. Nothing here decides what an index holds.
 */
package quickpage.index.local;
