package quickpage.index.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate authorities that this machine trusts: on Linux the bundle that OpenSSL reads, on
 * Windows and macOS the key store of the JDK that stands for the system's. What an institute
 * installs on its machines is there, and not in a JDK's own file.
 *
 * <p>The library for it, sslcontext-kickstart (Ayza), would bring four jars to start with and read
 * more files; with the JDK's key stores only Linux is left to do.
 */
public final class SystemAuthorities {
  private static final Logger LOG = LoggerFactory.getLogger(SystemAuthorities.class);

  /** Where Linux distributions keep the bundle, as Go's crypto/x509 lists them. */
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Arch
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // RHEL, Rocky
          "/etc/pki/tls/certs/ca-bundle.crt", // Fedora
          "/etc/ssl/ca-bundle.pem", // openSUSE
          "/etc/ssl/cert.pem"); // Alpine

  private final Map<String, String> environment;

  /**
   * @param environment the process's, or a test's; OpenSSL's {@code SSL_CERT_FILE} stands for the
   *     bundle
   */
  public SystemAuthorities(Map<String, String> environment) {
    this.environment = environment;
  }

  /** All that can be read; none where nothing can, for the JVM has authorities of its own. */
  public List<X509Certificate> read() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    try {
      if (system.startsWith("windows")) {
        return ofKeyStore("Windows-ROOT");
      }
      if (system.startsWith("mac")) {
        return ofKeyStore("KeychainStore");
      }
      return ofBundle();
    } catch (GeneralSecurityException | IOException e) {
      LOG.warn("The certificate authorities of this machine cannot be read ({})", e.toString());
      return List.of();
    }
  }

  private List<X509Certificate> ofBundle() throws GeneralSecurityException, IOException {
    String named = environment.getOrDefault("SSL_CERT_FILE", "");
    Path bundle =
        (named.isBlank() ? BUNDLES.stream() : Stream.of(named))
            .map(Path::of)
            .filter(Files::isReadable)
            .findFirst()
            .orElse(null);
    if (bundle == null) {
      return List.of();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(bundle))) {
      return x509(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
  }

  private static List<X509Certificate> ofKeyStore(String type)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    List<Certificate> certificates = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)) {
        certificates.add(store.getCertificate(alias));
      }
    }
    return x509(certificates);
  }

  private static List<X509Certificate> x509(Collection<? extends Certificate> certificates) {
    return certificates.stream()
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .toList();
  }
}
