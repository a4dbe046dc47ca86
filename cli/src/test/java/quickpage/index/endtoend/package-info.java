/**
 * The whole thing with its real parts: a NeuPrint server on Neo4j, S3, DynamoDB, the workflow and
 * the command line. What an index must hold is computed here once more, one type at a time from the
 * raw neurons, and nothing of that may come from the code under test.
 */
package quickpage.index.endtoend;
