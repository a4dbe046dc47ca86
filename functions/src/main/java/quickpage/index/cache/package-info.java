/**
 * The fact cache and its DynamoDB table. It knows facts and versions, no options, no pages and no
 * leases.
 */
package quickpage.index.cache;
