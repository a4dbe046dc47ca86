package quickpage.index.neuprint.network;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * How servers are reached.
 *
 * @param given authorities that are trusted beside the JVM's, by the name of their secret ("" for
 *     none); asked for once each, before the first encrypted connection
 * @param system what the machine trusts; asked for once, and only when a certificate is of no
 *     authority of the others, because reading some hundred certificates takes a tenth of a second
 */
public record Network(
    Function<String, List<X509Certificate>> given,
    Supplier<List<X509Certificate>> system,
    ProxyVariables proxies) {

  /** The JVM's authorities, no proxy. */
  public static final Network DIRECT =
      new Network(secret -> List.of(), List::of, ProxyVariables.NONE);

  /**
   * Sets a client up that will use TLS.
   *
   * @param authoritiesSecret as for {@link #given}
   */
  public OkHttpClient.Builder reachEncrypted(OkHttpClient.Builder http, String authoritiesSecret) {
    TrustedAuthorities authorities = new TrustedAuthorities(given.apply(authoritiesSecret), system);
    return reach(http.sslSocketFactory(authorities.socketFactory(), authorities));
  }

  /** Sets a client up that asks over plain HTTP, and so needs no authorities. */
  public OkHttpClient.Builder reach(OkHttpClient.Builder http) {
    return proxies.isSet()
        ? http.proxySelector(proxies).proxyAuthenticator(proxies::authenticate)
        : http;
  }
}
