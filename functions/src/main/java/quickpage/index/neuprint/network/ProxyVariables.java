package quickpage.index.neuprint.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import quickpage.index.error.RefusedException;

/**
 * Proxies from the variables that curl, Python and Go know: {@code https_proxy}, {@code
 * http_proxy}, {@code all_proxy}, {@code no_proxy}, or the same in capital letters; small letters
 * go first. A server on this machine is asked without one, as Go does. A proxy's password reaches
 * no message and no log.
 */
public final class ProxyVariables extends ProxySelector {
  private static final String AUTHORIZATION = "Proxy-Authorization";

  /** Where nothing is set. */
  public static final ProxyVariables NONE = new ProxyVariables(Map.of());

  private final Optional<HttpProxy> forHttps;
  private final Optional<HttpProxy> forHttp;
  private final List<String> without;

  /**
   * Reads the variables.
   *
   * @param environment the process's, or a test's
   * @throws RefusedException if one is no proxy's address
   */
  public ProxyVariables(Map<String, String> environment) {
    Optional<HttpProxy> forAll = proxy(environment, "all_proxy");
    forHttps = proxy(environment, "https_proxy").or(() -> forAll);
    forHttp = proxy(environment, "http_proxy").or(() -> forAll);
    without = new ArrayList<>();
    for (String entry : value(environment, "no_proxy").orElse("").split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        without.add(entry.toLowerCase(Locale.ROOT));
      }
    }
  }

  /**
   * @param authorization the header's value, or null
   */
  private record HttpProxy(String variable, String host, int port, String authorization) {}

  private static Optional<String> value(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .or(
            () ->
                Optional.ofNullable(environment.get(variable.toUpperCase(Locale.ROOT)))
                    .filter(value -> !value.isBlank()))
        .map(String::strip);
  }

  private static Optional<HttpProxy> proxy(Map<String, String> environment, String variable) {
    return value(environment, variable)
        .map(value -> parse(value, variable.toUpperCase(Locale.ROOT)));
  }

  private static HttpProxy parse(String value, String variable) {
    try {
      URI address = new URI(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(address.getScheme()) && address.getHost() != null) {
        return new HttpProxy(
            variable,
            address.getHost().replaceAll("^\\[|]$", ""),
            address.getPort() < 0 ? 80 : address.getPort(),
            authorization(address.getRawUserInfo()));
      }
    } catch (URISyntaxException | IllegalArgumentException quoted) {
      // Not passed on as the cause: its message quotes the password.
    }
    throw new RefusedException(
        "The variable %s has to be the address of an HTTP proxy like http://proxy.example.org:3128, also with user:password@ before the host, where characters such as @ and / are percent-encoded."
            .formatted(variable));
  }

  private static String authorization(String userInfo) {
    if (userInfo == null) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Credentials.basic(decoded(user), decoded(password), StandardCharsets.UTF_8);
  }

  /** A plus stays one: this is no form. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether there is a proxy for anything. */
  public boolean isSet() {
    return forHttps.isPresent() || forHttp.isPresent();
  }

  /** The proxy that a server is asked through. */
  private Optional<HttpProxy> of(String scheme, String host, int port) {
    if (isOnThisMachine(host) || isWithout(host.toLowerCase(Locale.ROOT), port)) {
      return Optional.empty();
    }
    return "https".equals(scheme) ? forHttps : forHttp;
  }

  private static boolean isOnThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.[0-9]+){3}")
        || host.equals("::1")
        || host.equals("[::1]");
  }

  private boolean isWithout(String host, int port) {
    for (String entry : without) {
      String name = entry;
      int colon = entry.lastIndexOf(':');
      if (colon > 0 && entry.indexOf(':') == colon) {
        if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
          continue;
        }
        name = entry.substring(0, colon);
      }
      String domain = name.replaceFirst("^\\*?\\.", "");
      if (name.equals("*") || host.equals(domain) || host.endsWith("." + domain)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Proxy> select(URI server) {
    int port =
        server.getPort() >= 0 ? server.getPort() : "https".equals(server.getScheme()) ? 443 : 80;
    return of(server.getScheme(), server.getHost(), port)
        .map(
            proxy ->
                List.of(
                    new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))))
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI server, SocketAddress proxy, IOException failure) {
    // The request's own failure says so.
  }

  /** A proxy by its variable and address, for a sentence; empty if the server is asked without. */
  public Optional<String> described(String scheme, String host, int port) {
    return of(scheme, host, port)
        .map(
            proxy ->
                "the proxy %s:%d of the variable %s"
                    .formatted(proxy.host(), proxy.port(), proxy.variable()));
  }

  /**
   * Answers a proxy that asks for user and password, also before it asks.
   *
   * @throws ProxyDeniedException if there are none, or they were refused
   */
  Request authenticate(Route route, Response asked) throws ProxyDeniedException {
    Request request = asked.request();
    HttpProxy proxy =
        of(request.url().scheme(), request.url().host(), request.url().port()).orElse(null);
    boolean preemptive =
        asked.challenges().stream()
            .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
    if (proxy == null || proxy.authorization() == null) {
      if (preemptive) {
        return null;
      }
      throw new ProxyDeniedException("wants a user and password");
    }
    if (request.header(AUTHORIZATION) != null) {
      throw new ProxyDeniedException("refused the user or the password");
    }
    return request.newBuilder().header(AUTHORIZATION, proxy.authorization()).build();
  }
}
