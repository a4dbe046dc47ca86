/**
 * The stage that makes one index of all shards, checks that nothing is missing, and publishes it.
 * It asks NeuPrint nothing.
 */
package quickpage.index.compose;
