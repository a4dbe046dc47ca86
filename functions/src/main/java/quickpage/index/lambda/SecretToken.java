package quickpage.index.lambda;

import quickpage.index.neuprint.token.BearerToken;
import quickpage.index.neuprint.token.TokenSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The token from a Secrets Manager secret, bare or as NeuPrint's JSON document; read at the first
 * question and then remembered by the function instance until NeuPrint refuses it.
 */
public final class SecretToken implements TokenSource {

  private final SecretText secret;
  private String known;

  /** The token in a secret of this account and region. */
  public SecretToken(SecretsManagerClient secrets, String name) {
    secret = new SecretText(secrets, name, "the NeuPrint token");
  }

  @Override
  public synchronized String token() {
    return known == null ? reread() : known;
  }

  @Override
  public synchronized String reread() {
    known = null;
    known = BearerToken.read(secret.read(), "the " + origin());
    return known;
  }

  @Override
  public String origin() {
    return secret.origin();
  }
}
