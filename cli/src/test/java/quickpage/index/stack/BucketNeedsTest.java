package quickpage.index.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.json.Json;
import quickpage.index.stack.BucketNeeds.Need;

class BucketNeedsTest {

  private static final String ARN = "arn:aws:s3:::site";

  private static final String TLS_ONLY =
      """
      {"Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["s3:*"],
        "Resource": ["arn:aws:s3:::site", "arn:aws:s3:::site/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}
      """;

  private static Deployment deployment(boolean startsOnUpload) {
    return new Deployment(
        "dev",
        "arn:aws:states:eu-west-1:123456789012:stateMachine:dev",
        "site",
        "male-cns/",
        "facts",
        Optional.empty(),
        startsOnUpload,
        30);
  }

  private static JsonNode json(String text) throws Exception {
    return Json.MAPPER.readTree(text);
  }

  private static BucketSettings settled(List<String> expiring, JsonNode policy) {
    return new BucketSettings(true, true, true, true, false, !expiring.isEmpty(), expiring, policy);
  }

  private static List<String> commands(List<Need> needs) {
    return needs.stream().flatMap(need -> need.commands().stream()).toList();
  }

  @Test
  void findsNothingMissingWhereAllIsSet() throws Exception {
    assertThat(
            BucketNeeds.of(
                settled(List.of("male-cns/.quickpage-index/runs/"), json(TLS_ONLY)),
                deployment(true)))
        .isEmpty();
  }

  @Test
  void aBucketOfAnotherRegionIsSaidWithBothRegions() {
    assertThat(BucketNeeds.elsewhere(Optional.of("eu-west-1"), deployment(true))).isEmpty();
    assertThat(BucketNeeds.elsewhere(Optional.empty(), deployment(true))).isEmpty();
    assertThat(BucketNeeds.elsewhere(Optional.of("us-east-1"), deployment(true)))
        .singleElement()
        .extracting(Need::what)
        .asString()
        .startsWith("To be in eu-west-1, where the stack is: it is in us-east-1,");
  }

  @Test
  void givesACommandForEachThingThatIsMissing() {
    var bare =
        new BucketSettings(
            false, false, false, false, false, false, List.of(), MissingNode.getInstance());

    assertThat(commands(BucketNeeds.of(bare, deployment(true))))
        .hasSize(6)
        .allMatch(command -> command.startsWith("aws s3api put-"))
        .allMatch(command -> command.contains(" --bucket site "));
  }

  @Test
  void asksForNoEventsWhereUploadsStartNothing() throws Exception {
    var quiet =
        new BucketSettings(
            true, true, true, false, false, true, List.of("male-cns/"), json(TLS_ONLY));

    assertThat(BucketNeeds.of(quiet, deployment(false))).isEmpty();
    assertThat(BucketNeeds.of(quiet, deployment(true))).hasSize(1);
  }

  @Test
  void keepsWhatTheBucketHasWhereACallReplacesAll() throws Exception {
    var others =
        new BucketSettings(
            true, true, true, false, true, true, List.of("logs/"), json("{\"Statement\": []}"));

    assertThat(commands(BucketNeeds.of(others, deployment(true))))
        .filteredOn(command -> command.contains(" get-"))
        .hasSize(3)
        .allMatch(command -> command.contains("| jq '"));
  }

  @ParameterizedTest
  @CsvSource({
    "male-cns/.quickpage-index/runs/, 0",
    "male-cns/.quickpage-index/, 0",
    "'', 0",
    "hemibrain/.quickpage-index/runs/, 1",
    "male-cns/.quickpage-index/runs/x, 1"
  })
  void seesWhichRulesReachTheRuns(String prefix, int missing) throws Exception {
    assertThat(BucketNeeds.of(settled(List.of(prefix), json(TLS_ONLY)), deployment(true)))
        .hasSize(missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Deny\"                                   | \"Allow\"",
        "{\"AWS\": \"*\"}                           | {\"AWS\": \"arn:aws:iam::1:root\"}",
        "\"s3:*\"                                   | \"s3:PutObject\"",
        "arn:aws:s3:::site/*                        | arn:aws:s3:::site/public/*",
        "\"aws:SecureTransport\": \"false\"         | \"aws:SecureTransport\": \"true\"",
        "{\"Bool\": {                               | {\"IpAddress\": {\"aws:SourceIp\":"
            + " \"10.0.0.0/8\"}, \"Bool\": {"
      })
  void isNotContentWithAPolicyThatRefusesLess(String strict, String less) throws Exception {
    assertThat(BucketNeeds.refusesPlainHttp(json(TLS_ONLY), ARN)).isTrue();
    assertThat(TLS_ONLY).contains(strict);
    assertThat(BucketNeeds.refusesPlainHttp(json(TLS_ONLY.replace(strict, less)), ARN)).isFalse();
  }
}
