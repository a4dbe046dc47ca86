/**
 * The whole workflow on one machine: the stages' own handlers, called by the runner, over a folder
 * and a SQLite file behind the ports that S3 and DynamoDB have on AWS. Nothing here decides what an
 * index holds.
 */
package quickpage.index.local;
