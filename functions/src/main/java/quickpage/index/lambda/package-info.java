/**
 * What every handler does in the same way: bytes in, bytes out, refusals as answers, clients from
 * the environment. No stage depends on this package.
 */
package quickpage.index.lambda;
