package quickpage.index.lambda;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.network.CertificateText;
import quickpage.index.neuprint.network.Network;
import quickpage.index.neuprint.network.ProxyVariables;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.neuprint.token.TokenSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where a function instance's tokens come from, by the name of their secret; "" is the environment,
 * where a deployment has none. Each is remembered as long as the instance lives, and none is read
 * before it is needed.
 */
public final class FunctionTokens implements Function<String, TokenSource> {

  private final TokenSource environment = new OfEnvironment(new EnvironmentToken(System.getenv()));
  private final Map<String, TokenSource> secrets = new ConcurrentHashMap<>();
  private final SecretsManagerClient client;

  /** With the account's Secrets Manager. */
  public FunctionTokens() {
    this(AwsClients.secrets());
  }

  FunctionTokens(SecretsManagerClient client) {
    this.client = client;
  }

  @Override
  public TokenSource apply(String secret) {
    return secret.isEmpty()
        ? environment
        : secrets.computeIfAbsent(secret, name -> new SecretToken(client, name));
  }

  /** NeuPrint's clients with these tokens, and with authorities that are in secrets, too. */
  public NeuPrintClients clients() {
    NeuPrintClients clients =
        new NeuPrintClients(this, new Network(this::authorities, List::of, ProxyVariables.NONE));
    // A function's start is before its snapshot, or else is waited for less than its answer.
    clients.prepare();
    return clients;
  }

  private List<X509Certificate> authorities(String name) {
    if (name.isEmpty()) {
      return List.of();
    }
    SecretText secret = new SecretText(client, name, "the authorities' certificates");
    return CertificateText.read(secret.read(), "the " + secret.origin());
  }

  /**
   * A deployment's functions have no token in their environment, unless somebody puts one there.
   */
  private record OfEnvironment(EnvironmentToken variables) implements TokenSource {
    @Override
    public String token() {
      return variables.token();
    }

    @Override
    public String reread() {
      return variables.reread();
    }

    @Override
    public String origin() {
      return variables.token().isEmpty()
          ? "a secret, and deploy with its name as NeuPrintTokenSecretName"
          : variables.origin();
    }
  }
}
