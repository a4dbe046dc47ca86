/**
 * A site on this machine, served as S3 and CloudFront would serve it, and indexed again when its
 * pages or its dataset change. Whoever only runs the workflow needs nothing of this.
 */
package quickpage.index.serve;
