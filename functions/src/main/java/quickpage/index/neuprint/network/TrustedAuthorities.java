package quickpage.index.neuprint.network;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the JVM's authorities and further ones; when a certificate is of none of them, those of
 * the machine as well. Safe for use by several threads.
 */
final class TrustedAuthorities extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager first;
  private final Supplier<List<X509Certificate>> system;
  private X509ExtendedTrustManager second;

  /**
   * @param given beside the JVM's
   * @param system the machine's, asked for once and only if need be
   */
  TrustedAuthorities(List<X509Certificate> given, Supplier<List<X509Certificate>> system) {
    X509ExtendedTrustManager jvm = managerOf(null);
    List<X509Certificate> all = new ArrayList<>(Arrays.asList(jvm.getAcceptedIssuers()));
    all.addAll(given);
    this.first = given.isEmpty() ? jvm : managerOf(all);
    this.system = system;
  }

  SSLSocketFactory socketFactory() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has TLS", e);
    }
  }

  /**
   * @param authorities null for the JVM's
   */
  private static X509ExtendedTrustManager managerOf(List<X509Certificate> authorities) {
    try {
      KeyStore store = authorities == null ? null : storeOf(authorities);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the trusted authorities cannot be read", e);
    }
  }

  private static KeyStore storeOf(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return store;
  }

  /** Null if the machine trusts nobody. */
  private synchronized X509ExtendedTrustManager second() {
    if (second == null) {
      List<X509Certificate> machines = system.get();
      if (machines.isEmpty()) {
        return null;
      }
      List<X509Certificate> all = new ArrayList<>(Arrays.asList(first.getAcceptedIssuers()));
      all.addAll(machines);
      second = managerOf(all);
    }
    return second;
  }

  private interface Check {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private void check(Check check) throws CertificateException {
    try {
      check.by(first);
    } catch (CertificateException distrusted) {
      X509ExtendedTrustManager machines = second();
      if (machines == null) {
        throw distrusted;
      }
      check.by(machines);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    first.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    first.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    first.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return first.getAcceptedIssuers();
  }
}
