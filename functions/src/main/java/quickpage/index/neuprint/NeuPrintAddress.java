package quickpage.index.neuprint;

/**
 * Whom a run asks, and how it introduces itself; the token comes from elsewhere.
 *
 * @param server address without a slash at the end
 * @param contact whom the server's operators may ask; "" for nobody
 * @param tokenSecret name of the secret that holds the token; "" for the environment's
 */
public record NeuPrintAddress(String server, String run, String contact, String tokenSecret) {}
