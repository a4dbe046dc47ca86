/**
 * The way to a NeuPrint server: whose certificates TLS trusts, and through which proxy. Knows
 * nothing of questions and tokens.
 */
package quickpage.index.neuprint.network;
