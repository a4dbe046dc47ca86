package quickpage.index.model;

/**
 * What a run works on.
 *
 * @param bucket holds the site
 * @param prefix of the site's keys, "" or ending in a slash
 * @param server NeuPrint's address, without a slash at the end
 * @param dataset as the server spells it
 * @param contact whom NeuPrint's operators may ask; "" for nobody
 */
public record Settings(
    String bucket, String prefix, String server, String dataset, String contact, Options options) {}
