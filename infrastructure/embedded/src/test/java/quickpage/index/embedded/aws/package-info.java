/** Amazon S3 and DynamoDB for tests: S3Proxy and DynamoDB Local, as they come. */
package quickpage.index.embedded.aws;
