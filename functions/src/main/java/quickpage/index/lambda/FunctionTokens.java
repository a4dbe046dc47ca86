package quickpage.index.lambda;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.neuprint.token.TokenSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where a function instance's tokens come from, by the name of their secret; "" is the environment.
 * Each is remembered as long as the instance lives, and none is read before it is needed.
 */
public final class FunctionTokens implements Function<String, TokenSource> {

  private final TokenSource environment = new EnvironmentToken(System.getenv());
  private final Map<String, TokenSource> secrets = new ConcurrentHashMap<>();
  private final SecretsManagerClient client = AwsClients.secrets();

  @Override
  public TokenSource apply(String secret) {
    return secret.isEmpty()
        ? environment
        : secrets.computeIfAbsent(secret, name -> new SecretToken(client, name));
  }

  /** NeuPrint's clients with these tokens. */
  public NeuPrintClients clients() {
    NeuPrintClients clients = new NeuPrintClients(this);
    // A function's start is before its snapshot, or else is waited for less than its answer.
    clients.prepare();
    return clients;
  }
}
