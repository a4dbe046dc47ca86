/** The stage that describes one batch of neuron types: cache, NeuPrint, shard. */
package quickpage.index.batch;
