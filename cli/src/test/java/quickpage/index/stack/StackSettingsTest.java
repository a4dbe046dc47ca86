package quickpage.index.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.endtoend.CommandLineProcess;
import quickpage.index.endtoend.CommandLineProcess.Ended;

/** What a person reads whose AWS settings lead nowhere. */
class StackSettingsTest {

  @TempDir private Path home;

  private Ended watch(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("HOME", home.toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    return CommandLineProcess.run(environment, "watch", "--stack", "dev");
  }

  private static Map<String, String> settings(String endpoint) {
    return Map.of(
        "AWS_REGION", "eu-west-1",
        "AWS_ACCESS_KEY_ID", "a",
        "AWS_SECRET_ACCESS_KEY", "b",
        "AWS_ENDPOINT_URL", endpoint);
  }

  private static void isOneSentence(Ended ended, int exitCode, String... words) {
    assertThat(ended.err()).contains(words).hasLineCount(1);
    assertThat(ended.exitCode()).isEqualTo(exitCode);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void asksForARegion() {
    isOneSentence(watch(Map.of()), 2, "No AWS region is set: set AWS_REGION");
  }

  @Test
  void asksForCredentials() {
    isOneSentence(watch(Map.of("AWS_REGION", "eu-west-1")), 2, "No AWS credentials were found");
  }

  @Test
  void namesTheProfileThatGivesNoCredentials() {
    isOneSentence(
        watch(Map.of("AWS_REGION", "eu-west-1", "AWS_PROFILE", "lab")),
        2,
        "The profile lab gives no AWS credentials",
        "aws sso login --profile lab");
  }

  @Test
  void saysThatNobodyAnswersAtTheEndpoint() {
    isOneSentence(
        watch(settings("http://127.0.0.1:1")),
        1,
        "AWS could not be reached to look at the stack dev: Connection refused");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, 1, You may not look at the stack dev: User: anna is not authorized",
    "403, ExpiredToken, 2, AWS does not accept the credentials (ExpiredToken): sign in again"
  })
  void saysWhatAwsRefuses(int status, String code, int exitCode, String sentence) throws Exception {
    byte[] answer =
        """
        <ErrorResponse><Error><Code>%s</Code>
        <Message>User: anna is not authorized to perform: cloudformation:DescribeStacks</Message>
        </Error></ErrorResponse>
        """
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    HttpServer aws =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    aws.start();
    try {
      isOneSentence(
          watch(settings("http://127.0.0.1:" + aws.getAddress().getPort())), exitCode, sentence);
    } finally {
      aws.stop(0);
    }
  }
}
