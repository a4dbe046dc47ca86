package quickpage.index.neuprint.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;

class CertificateTextTest {
  private final HeldCertificate one =
      new HeldCertificate.Builder().commonName("one").certificateAuthority(0).build();
  private final HeldCertificate two =
      new HeldCertificate.Builder().commonName("two").certificateAuthority(0).build();

  @Test
  void readsEveryCertificateWhateverStandsAround() {
    String text =
        "# Of the institute\n" + one.certificatePem() + "\r\ntwo:\n" + two.certificatePem();

    assertThat(CertificateText.read(text, "the file"))
        .containsExactly(one.certificate(), two.certificate());
  }

  @Test
  void readsATextWhoseLineBreaksAreGone() {
    assertThat(CertificateText.read(one.certificatePem().replace('\n', ' '), "the secret"))
        .containsExactly(one.certificate());
    assertThat(CertificateText.read(one.certificatePem().replace("\n", "\\n"), "the secret"))
        .containsExactly(one.certificate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                            | There is no certificate in the file: it has to hold the authority's as PEM, which begins with -----BEGIN CERTIFICATE-----.
          -----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----      | There is no certificate in the file
          -----BEGIN CERTIFICATE-----AAAA                               | There is no certificate in the file
          -----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----      | Certificate 1 in the file cannot be read: copy it again, whole.
          -----BEGIN CERTIFICATE-----not base 64!-----END CERTIFICATE----- | Certificate 1 in the file cannot be read
          """)
  void refusesWhatHoldsNone(String text, String complaint) {
    assertThatThrownBy(() -> CertificateText.read(text, "the file"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(complaint);
  }

  @Test
  void namesTheOneThatIsBroken() {
    String cut = two.certificatePem().replaceFirst("(?s)\n.{64}\n", "\n");

    assertThatThrownBy(() -> CertificateText.read(one.certificatePem() + cut, "the file"))
        .hasMessageStartingWith("Certificate 2 in the file");
  }
}
