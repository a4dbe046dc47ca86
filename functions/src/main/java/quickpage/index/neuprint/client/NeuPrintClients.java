package quickpage.index.neuprint.client;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import quickpage.index.io.BuildVersion;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.network.Network;
import quickpage.index.neuprint.token.TokenSource;

/**
 * Clients of one process: each counts for itself and introduces its own run, and all share their
 * connections, for a connection costs more than a question.
 */
public final class NeuPrintClients implements Function<NeuPrintAddress, NeuPrint> {

  private final ConnectionPool connections =
      new ConnectionPool(NeuPrintClient.CONNECTIONS, 5, TimeUnit.MINUTES);
  private final Map<String, OkHttpClient> encrypted = new HashMap<>();
  private OkHttpClient plain;

  private final Function<String, TokenSource> tokens;
  private final Network network;

  /** Clients of somebody who has one token and whom no proxy is in the way of. */
  public NeuPrintClients(TokenSource token) {
    this(secret -> token);
  }

  /** Clients of somebody who has one token. */
  public NeuPrintClients(TokenSource token, Network network) {
    this(secret -> token, network);
  }

  /**
   * Clients whose tokens are found by the name of their secret.
   *
   * @param tokens gives the same source for the same name
   */
  public NeuPrintClients(Function<String, TokenSource> tokens) {
    this(tokens, Network.DIRECT);
  }

  /**
   * The same, with a network to go through.
   *
   * @param tokens gives the same source for the same name
   */
  public NeuPrintClients(Function<String, TokenSource> tokens, Network network) {
    this.tokens = tokens;
    this.network = network;
  }

  /**
   * Reads the trusted authorities now, which takes a tenth of a second, instead of before the first
   * request.
   */
  public void prepare() {
    http("https://", "");
  }

  /** Whoever asks over plain HTTP needs no authorities. */
  private synchronized OkHttpClient http(String server, String authoritiesSecret) {
    if (server.startsWith("http://")) {
      if (plain == null) {
        plain = network.reach(builder()).connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
      }
      return plain;
    }
    return encrypted.computeIfAbsent(
        authoritiesSecret, secret -> network.reachEncrypted(builder(), secret).build());
  }

  private OkHttpClient.Builder builder() {
    return new OkHttpClient.Builder().connectionPool(connections);
  }

  @Override
  public NeuPrint apply(NeuPrintAddress address) {
    return until(null, address);
  }

  /** The same for a caller who cannot wait for longer; null for one who can. */
  public NeuPrint until(Instant deadline, NeuPrintAddress address) {
    return NeuPrintClient.of(address.server(), tokens.apply(address.tokenSecret()))
        .introducedAs(BuildVersion.current().word(), address.run(), address.contact())
        .http(http(address.server(), address.authoritiesSecret()))
        .firstContact(address.firstContact())
        .until(deadline)
        .build();
  }
}
