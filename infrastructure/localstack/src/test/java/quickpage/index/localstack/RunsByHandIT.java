package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quickpage.index.json.Json;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Runs that a person starts in the console or with the command line, and how they end. */
@NeedsLocalStack
class RunsByHandIT {

  private static DeployedSite site;

  @BeforeAll
  static void deploy() {
    site = DeployedSite.shared();
    site.neuPrint().calm();
    Instant before = Instant.now();
    site.neuPrint().types().forEach(type -> site.upload("types/" + type + ".html"));
    site.ended(1, before);
  }

  @BeforeEach
  void settle() {
    site.neuPrint().calm();
    site.token(site.neuPrint().token());
    site.settle();
  }

  @Test
  void takesTheDeploymentsDefaultsForAnEmptyInput() {
    DescribeExecutionResponse run = site.run("{}");

    succeeded(run);
    assertThat(site.index().at("/dataset/name").asText()).isEqualTo(site.neuPrint().dataset());
    assertThat(site.index().path("generatedAt").asText())
        .startsWith(run.startDate().toString().substring(0, 19));
  }

  static List<String> consoleEvents() {
    return Stack.consoleEvents().stream().filter(name -> !name.startsWith("other-")).toList();
  }

  @ParameterizedTest
  @MethodSource("consoleEvents")
  void takesTheInputsThatAreThereToPaste(String name) {
    succeeded(site.run(DeployedSite.event("console/" + name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"optoins\": {}} | optoins",
        "{\"options\": {\"roiThreshold\": \"much\"}} | roiThreshold",
        "{\"site\": {\"bucket\": \"someone-elses\"}} | someone-elses",
        "{\"neuprint\": {\"server\": \"https://example.org\"}} | https://example.org",
      })
  void saysWhatIsWrongWithAnInput(String input, String named) {
    assertThat(failure(site.run(input))).contains(named);
  }

  /** Where the server has it the run succeeds, see {@link RedeployedIT}. */
  @Test
  void saysThatTheServerDoesNotHaveTheOtherDatasetThatIsThereToPaste() {
    assertThat(failure(site.run(DeployedSite.event("console/other-dataset.json"))))
        .contains("has no dataset 'hemibrain:v1.2.1'", site.neuPrint().dataset());
  }

  @Test
  void saysThatTheTokenIsWrongAndNamesTheSecretButNotTheToken() {
    site.token("not-the-token");
    // The functions that are there know the token from before, and only read it again on a 401.
    site.neuPrint()
        .control(
            Map.of(
                "rules",
                List.of(Map.of("contains", "MATCH", "status", 401, "error", "no", "times", 1))));

    assertThat(failure(site.run("{}")))
        .contains(site.neuPrint().server(), "refused the token (401)", "secret")
        .doesNotContain("not-the-token");

    site.token(site.neuPrint().token());
    succeeded(site.run("{}"));
  }

  @Test
  void publishesNothingIfTooManyTypesAreUnavailable() {
    byte[] before = site.published().get("data/index.json");
    String type = site.neuPrint().types().get(0);
    site.neuPrint()
        .control(
            Map.of(
                "rules",
                List.of(
                    Map.of(
                        "contains",
                        "'" + type + "'",
                        "status",
                        400,
                        "error",
                        "This type breaks the query."))));

    String failure = failure(site.run("{\"options\":{\"refresh\":true}}"));

    assertThat(failure).contains("unavailable");
    assertThat(site.published().get("data/index.json")).isEqualTo(before);

    DescribeExecutionResponse tolerant =
        site.run("{\"options\":{\"refresh\":true,\"toleratedFailurePercentage\":50}}");
    succeeded(tolerant);
    assertThat(site.report(tolerant.name()).toString())
        .contains(type, "NeuPrint failed on the query (400)");
  }

  @Test
  void saysThatNeuPrintIsDown() {
    site.neuPrint().control(Map.of("down", true));

    assertThat(failure(site.run("{}"))).contains(site.neuPrint().server());
  }

  @Test
  void freesTheLeaseOfARunThatWasStoppedByHand() {
    site.neuPrint().control(Map.of("latency", "3s"));
    String execution = site.start("{\"options\":{\"refresh\":true}}");
    DeployedSite.await("its batches", () -> site.wasWritten(execution, "batches-"));
    assertThat(site.item("lease#").get("holder").s()).isEqualTo(execution);

    assertThat(failure(site.run("{}"))).contains(site.describe(execution).name());

    site.stop(execution);
    DeployedSite.await("its lease to be free", () -> !site.isLeased());
    site.neuPrint().calm();
    succeeded(site.run("{}"));
  }

  @Test
  void goesBackHoldsUploadsAndLetsThemGo() throws Exception {
    succeeded(site.run("{\"options\":{\"roiThreshold\":2}}"));
    succeeded(site.run("{\"options\":{\"roiThreshold\":3}}"));
    byte[] page = site.published().get("types.html");

    assertThat(site.done("rollback")).contains("Readers see publication");
    assertThat(site.published().get("types.html")).isNotEqualTo(page);

    Instant before = Instant.now();
    site.upload("types/" + site.neuPrint().types().get(1) + ".html");
    DeployedSite.pause(DeployedSite.QUIET.multipliedBy(2).plusSeconds(5));
    assertThat(site.runsSince(before)).isEmpty();

    assertThat(site.done("resume")).contains("rollback to publication");
    assertThat(site.ended(1, before))
        .singleElement()
        .satisfies(run -> assertThat(run.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
  }

  @Test
  void looksAfterTheCacheAndAsksAgainWhenItWasCleared() throws Exception {
    succeeded(site.run("{}"));
    DescribeExecutionResponse warm = site.run("{}");
    assertThat(hits(warm)).isPositive();

    int kept =
        Json.MAPPER.readTree(site.done("cache", "stats", "--json")).at("/kept/0/types").asInt();
    assertThat(kept).isEqualTo(hits(warm));
    site.done("cache", "clear");

    DescribeExecutionResponse cold = site.run("{}");
    assertThat(hits(cold)).isZero();
  }

  @Test
  void startsAndFollowsARunFromATerminal() throws Exception {
    String out = site.done("start", "--watch", "--json");

    assertThat(Json.MAPPER.readTree(out).path("status").asText()).isEqualTo("published");
    assertThat(site.done("report")).contains("Types:");
  }

  private static int hits(DescribeExecutionResponse run) {
    return site.report(run.name()).at("/summary/cache/hits").asInt(-1);
  }

  private static void succeeded(DescribeExecutionResponse run) {
    assertThat(run.status()).as(run.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  /** The sentence that the console shows. */
  private static String failure(DescribeExecutionResponse run) {
    assertThat(run.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(run.cause()).endsWith(".").doesNotContain("Exception", "\n", "null");
    return run.cause();
  }
}
