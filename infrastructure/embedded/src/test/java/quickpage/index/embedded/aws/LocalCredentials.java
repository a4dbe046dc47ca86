package quickpage.index.embedded.aws;

import java.security.SecureRandom;
import java.util.HexFormat;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Credentials that are good for one server in this process and nothing else. */
record LocalCredentials(String identity, String secret) {
  static LocalCredentials random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    // DynamoDB Local takes letters and digits only.
    return new LocalCredentials("local" + hex.substring(0, 16), hex.substring(16));
  }

  StaticCredentialsProvider provider() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(identity, secret));
  }

  @Override
  public String toString() {
    return identity;
  }
}
