/**
 * NeuPrint's access tokens: where they come from, and what one says of its own expiry. A token
 * reaches no log and no error.
 */
package quickpage.index.neuprint.token;
