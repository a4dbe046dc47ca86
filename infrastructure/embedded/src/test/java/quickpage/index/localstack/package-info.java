/**
 * What needs a LocalStack, whose address LOCALSTACK_ENDPOINT names; without it these tests are
 * skipped and say so. Nothing here may reach into the command line: it is run as a user runs it.
 */
package quickpage.index.localstack;
