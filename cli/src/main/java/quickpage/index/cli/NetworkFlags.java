package quickpage.index.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import picocli.CommandLine.Option;
import quickpage.index.error.RefusedException;
import quickpage.index.local.SystemAuthorities;
import quickpage.index.neuprint.network.CertificateText;
import quickpage.index.neuprint.network.Network;
import quickpage.index.neuprint.network.ProxyVariables;

/** How NeuPrint is reached from this machine. */
final class NetworkFlags {

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Trust also the certificate authorities in this file (PEM, one or more), for a server or"
              + " a network with an authority of its own. Those of Java and of this machine are"
              + " trusted anyway. A proxy is taken from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and"
              + " NO_PROXY, also in small letters, also with user:password@.")
  private Path caFile;

  boolean isGiven() {
    return caFile != null;
  }

  /**
   * Reads the file and the variables.
   *
   * @throws UsageException if one of them cannot be used
   */
  Network network() {
    try {
      List<X509Certificate> given = caFile == null ? List.of() : certificates();
      return new Network(
          secret -> given,
          new SystemAuthorities(System.getenv())::read,
          new ProxyVariables(System.getenv()));
    } catch (RefusedException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private List<X509Certificate> certificates() {
    try {
      // Text around the certificates may be in any encoding; they themselves are ASCII.
      return CertificateText.read(
          Files.readString(caFile, StandardCharsets.ISO_8859_1), "--ca-file " + caFile);
    } catch (NoSuchFileException e) {
      throw new UsageException("There is no --ca-file %s.".formatted(caFile), e);
    } catch (IOException e) {
      throw new UsageException("--ca-file %s cannot be read.".formatted(caFile), e);
    }
  }
}
