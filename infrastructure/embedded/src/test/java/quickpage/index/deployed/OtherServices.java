package quickpage.index.deployed;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import quickpage.index.json.Json;

/**
 * Stands where SQS, Step Functions and Secrets Manager are, which have no embedded form: says yes
 * to a message and to a start, and knows one secret or none.
 */
final class OtherServices implements AutoCloseable {

  private static final String GET_SECRET = "secretsmanager.GetSecretValue";
  private static final String NO_SECRET = "{\"__type\": \"ResourceNotFoundException\"}";

  private final MockWebServer web = new MockWebServer();

  /**
   * Starts on a free port.
   *
   * @param secret the value of every secret; null if there is none
   */
  OtherServices(String secret) throws IOException {
    web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String target = String.valueOf(request.getHeaders().get("X-Amz-Target"));
            boolean missing = target.equals(GET_SECRET) && secret == null;
            return new MockResponse.Builder()
                .code(missing ? 400 : 200)
                .addHeader("Content-Type", "application/x-amz-json-1.0")
                .body(missing ? NO_SECRET : answer(target, request, secret))
                .build();
          }
        });
    web.start();
  }

  String endpoint() {
    String url = web.url("/").toString();
    return url.substring(0, url.length() - 1);
  }

  private static String answer(String target, RecordedRequest request, String secret) {
    try {
      Map<String, ?> answer =
          switch (target) {
            case "AmazonSQS.SendMessage" ->
                Map.of(
                    "MessageId",
                    "1",
                    "MD5OfMessageBody",
                    md5(
                        Json.MAPPER
                            .readTree(request.getBody().utf8())
                            .path("MessageBody")
                            .asText()));
            case "AWSStepFunctions.StartExecution" ->
                Map.of("executionArn", "arn:aws:states:::execution", "startDate", 1_700_000_000);
            case "AWSStepFunctions.DescribeExecution" ->
                Map.of("status", "FAILED", "startDate", 1_700_000_000, "stopDate", 1_700_000_060);
            case GET_SECRET -> Map.of("SecretString", secret);
            default -> throw new IllegalStateException("nobody is here for " + target);
          };
      return Json.MAPPER.writeValueAsString(answer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The SDK compares it. */
  private static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return "%032x".formatted(new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public void close() {
    web.close();
  }
}
