package quickpage.index.neuprint.network;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quickpage.index.error.RefusedException;

/**
 * Certificates of authorities as PEM (RFC 7468): one or more, with any text around them. Line
 * breaks within may be gone, as they are when somebody pastes the text into one line.
 */
public final class CertificateText {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----(.*?)"
              + "-----END (?:TRUSTED |X509 )?CERTIFICATE-----",
          Pattern.DOTALL);

  private CertificateText() {}

  /**
   * All certificates of a text, in its order.
   *
   * @param origin where it came from, for the sentence of a refusal
   * @throws RefusedException if there is none, or one that cannot be read
   */
  public static List<X509Certificate> read(String text, String origin) {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher pem = PEM.matcher(text);
    while (pem.find()) {
      try {
        byte[] der = Base64.getDecoder().decode(pem.group(1).replaceAll("\\s|\\\\n", ""));
        certificates.add(certificate(der));
      } catch (IllegalArgumentException | CertificateException broken) {
        throw new RefusedException(
            "Certificate %d in %s cannot be read: copy it again, whole."
                .formatted(certificates.size() + 1, origin),
            broken);
      }
    }
    if (certificates.isEmpty()) {
      throw new RefusedException(
          "There is no certificate in %s: it has to hold the authority's as PEM, which begins with -----BEGIN CERTIFICATE-----."
              .formatted(origin));
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
