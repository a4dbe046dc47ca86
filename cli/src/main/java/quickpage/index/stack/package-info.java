/**
 * A deployed stack, seen from outside: what CloudFormation says of it, its runs in Step Functions,
 * its site in S3, its table and queue. It knows neither the command line, which prints what is
 * found here, nor the servers of one machine: everything goes through AWS's own interfaces.
 */
package quickpage.index.stack;
