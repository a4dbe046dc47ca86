package quickpage.index.model.run;

import quickpage.index.model.Options;

/**
 * What a run works on.
 *
 * @param bucket holds the site
 * @param prefix of the site's keys, "" or ending in a slash
 * @param server NeuPrint's address, without a slash at the end
 * @param dataset as the server spells it
 * @param contact whom NeuPrint's operators may ask; "" for nobody
 * @param tokenSecret name of the secret that holds NeuPrint's token; "" for the environment's
 * @param authoritiesSecret name of the secret that holds the certificates of authorities that are
 *     trusted beside the usual ones; "" for none
 * @param deployment name of the stack; "" on one machine
 */
public record Settings(
    String bucket,
    String prefix,
    String server,
    String dataset,
    String contact,
    String tokenSecret,
    String authoritiesSecret,
    String deployment,
    Options options) {

  public Settings {
    tokenSecret = tokenSecret == null ? "" : tokenSecret;
    authoritiesSecret = authoritiesSecret == null ? "" : authoritiesSecret;
    deployment = deployment == null ? "" : deployment;
  }
}
