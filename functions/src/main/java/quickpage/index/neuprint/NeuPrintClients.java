package quickpage.index.neuprint;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * Clients of one process: each counts for itself and introduces its own run, and all share their
 * connections, for a connection costs more than a question.
 */
public final class NeuPrintClients implements Function<NeuPrintAddress, NeuPrint> {

  private final OkHttpClient shared =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(NeuPrintClient.CONNECTIONS, 5, TimeUnit.MINUTES))
          .build();

  private final Function<String, TokenSource> tokens;

  /** Clients of somebody who has one token. */
  public NeuPrintClients(TokenSource token) {
    this(secret -> token);
  }

  /**
   * Clients whose tokens are found by the name of their secret.
   *
   * @param tokens gives the same source for the same name
   */
  public NeuPrintClients(Function<String, TokenSource> tokens) {
    this.tokens = tokens;
  }

  @Override
  public NeuPrint apply(NeuPrintAddress address) {
    return until(null, address);
  }

  /** The same for a caller who cannot wait for longer; null for one who can. */
  public NeuPrint until(Instant deadline, NeuPrintAddress address) {
    String version = NeuPrintClients.class.getPackage().getImplementationVersion();
    return NeuPrintClient.of(address.server(), tokens.apply(address.tokenSecret()))
        .introducedAs(version == null ? "unpacked" : version, address.run(), address.contact())
        .http(shared)
        .until(deadline)
        .build();
  }
}
