/**
 * Amazon S3 and DynamoDB on one machine: S3Proxy over folders, DynamoDB Local over a file, each on
 * a free port of the loopback interface. Whoever uses them sees nothing but the AWS SDK's clients,
 * so that the same adapters serve here and on AWS. Nothing here may know what is stored.
 */
package quickpage.index.embedded.aws;
