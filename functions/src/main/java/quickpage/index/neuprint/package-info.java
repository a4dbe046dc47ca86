/**
 * Asking NeuPrint, as the stages know it: the port {@link quickpage.index.neuprint.NeuPrint}, its
 * questions and answers. Cypher and HTTP live in the packages below and nowhere else; S3, DynamoDB
 * and the site's pages do not.
 */
package quickpage.index.neuprint;
