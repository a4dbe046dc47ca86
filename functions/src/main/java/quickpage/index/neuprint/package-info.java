/**
 * Asking NeuPrint: the port the stages know ({@link quickpage.index.neuprint.NeuPrint}) and its
 * client. Cypher and HTTP live here and nowhere else; S3, DynamoDB and the site's pages do not.
 */
package quickpage.index.neuprint;
