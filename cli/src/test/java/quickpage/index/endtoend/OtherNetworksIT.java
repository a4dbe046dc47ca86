package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A NeuPrint server in an institute's network, as the command line reaches it. */
@Tag("each-jdk")
class OtherNetworksIT {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().commonName("The Institute").certificateAuthority(0).build();
  private static final SSLSocketFactory TLS =
      new HandshakeCertificates.Builder()
          .heldCertificate(
              new HeldCertificate.Builder()
                  .signedBy(AUTHORITY)
                  .addSubjectAlternativeName("localhost")
                  .addSubjectAlternativeName("neuprint.test")
                  .build())
          .build()
          .sslSocketFactory();

  private final ServedDataset dataset = ServedDataset.shared("male-cns:v0.9");
  @TempDir private Path folder;
  private TestSite site;
  private Path caFile;

  @BeforeEach
  void site() throws IOException {
    dataset.calm();
    site = new TestSite(folder.resolve("site"), "types/");
    site.addPages(dataset.raw(), dataset.raw().types().first());
    caFile = Files.writeString(folder.resolve("institute.pem"), AUTHORITY.certificatePem());
  }

  private EncryptedFront front(boolean behindProxy) throws IOException {
    return new EncryptedFront(URI.create(dataset.server()).getPort(), TLS, behindProxy);
  }

  private CommandLineProcess.Ended run(
      Map<String, String> environment, String server, String... more) {
    return CommandLineProcess.run(
        Stream.of(Map.of("NEUPRINT_TOKEN", dataset.token()), environment)
            .flatMap(map -> map.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        RunWords.of(site.root(), folder.resolve("cache"), server, dataset.name(), more));
  }

  @Test
  void aServerWithAnAuthorityOfItsOwnIsReachedThroughAProxyWithAPassword() throws IOException {
    try (EncryptedFront front = front(true)) {
      CommandLineProcess.Ended run =
          run(
              Map.of("HTTPS_PROXY", "http://me:s3cret%21@localhost:" + front.port()),
              "neuprint.test",
              "--ca-file",
              caFile.toString());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(site.index().at("/totals/neurons").asLong()).isPositive();
      assertThat(front.toProxy)
          .contains(
              "CONNECT neuprint.test:443 HTTP/1.1",
              "Proxy-Authorization: " + Credentials.basic("me", "s3cret!", StandardCharsets.UTF_8));
      assertThat(run.out() + run.err()).doesNotContain("s3cret");
      assertThat(everything()).doesNotContain("s3cret");
    }
  }

  private String everything() {
    return TestSite.bytes(folder).values().stream()
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .reduce("", String::concat);
  }

  @Test
  void whatTheMachineTrustsIsTrusted() throws IOException {
    try (EncryptedFront front = front(false)) {
      CommandLineProcess.Ended run =
          run(Map.of("SSL_CERT_FILE", caFile.toString()), "https://localhost:" + front.port());

      assertThat(run.exitCode()).as(run.err()).isZero();
    }
  }

  @Test
  void aCertificateOfNobodyEndsTheRunWithTheFlagThatHelps() throws IOException {
    try (EncryptedFront front = front(false)) {
      CommandLineProcess.Ended run = run(Map.of(), "https://localhost:" + front.port());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("no authority that is trusted here", "--ca-file");
      assertThat(site.root().resolve("types.html")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none.pem  |                  | There is no --ca-file FOLDER/none.pem.
          empty.pem | nothing to see   | There is no certificate in --ca-file FOLDER/empty.pem: it has to hold the authority's as PEM, which begins with -----BEGIN CERTIFICATE-----.
          """)
  void aFileWithoutACertificateIsWrongUsage(String name, String text, String sentence)
      throws IOException {
    Path file = folder.resolve(name);
    if (text != null) {
      Files.writeString(file, text);
    }

    CommandLineProcess.Ended run =
        run(Map.of(), "https://localhost:1", "--ca-file", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().strip()).isEqualTo(sentence.replace("FOLDER", folder.toString()));
    assertThat(site.root().resolve(".quickpage-index")).doesNotExist();
  }

  @Test
  void aVariableThatIsNoProxyIsWrongUsageAndNotQuoted() {
    CommandLineProcess.Ended run =
        run(Map.of("https_proxy", "socks5://me:s3cret@proxy:1080"), "https://localhost:1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("The variable HTTPS_PROXY").doesNotContain("s3cret");
  }
}
