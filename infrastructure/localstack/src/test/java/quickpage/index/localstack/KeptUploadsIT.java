package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** What was uploaded, or removed, comes into an index, whatever happens on the way. */
@NeedsLocalStack
class KeptUploadsIT {

  private static final String OTHER_DATASET = "{\"neuprint\": {\"dataset\": \"nowhere:v1\"}}";

  private static DeployedSite site;

  /** The page that a test uploads; no index has it before. */
  private String added;

  @BeforeAll
  static void deploy() {
    site = DeployedSite.shared();
  }

  @BeforeEach
  void findAPageThatNoIndexHas() {
    site.neuPrint().calm();
    site.settle();
    List<String> types = site.neuPrint().types();
    Set<String> files = site.published().keySet();
    if (!files.contains("data/index.json")) {
      types.subList(0, 5).forEach(type -> site.upload("types/" + type + ".html"));
      site.ended(1, Instant.EPOCH);
      site.settle();
    }
    added =
        types.subList(5, types.size()).stream()
            .filter(type -> !files.contains("types/" + type + ".html"))
            .findFirst()
            .orElse(types.get(5));
    if (files.contains("types/" + added + ".html")) {
      site.remove("types/" + added + ".html");
      DeployedSite.await("an index without it", () -> !site.hasPageOf(added));
      site.settle();
    }
  }

  @AfterEach
  void leaveNothingWaiting() {
    site.neuPrint().calm();
    site.command("resume");
    if (site.pendingUploads().blocked() != null) {
      site.run("{}");
    }
  }

  private void upload() {
    site.upload("types/" + added + ".html");
  }

  private static List<ExecutionStatus> statuses(List<ExecutionListItem> runs) {
    return runs.stream().map(ExecutionListItem::status).toList();
  }

  @Test
  void whatTheOwnerSaysOfThePageStartsARunAndCountsMoreThanTheStacksParameters() {
    assertThat(site.page())
        .contains("<title>From the stack</title>")
        .containsSubsequence(
            "<a href=\"https://lab.example/?a=b\">Lab</a>", "<a href=\"methods.html\">Methods</a>");
    Instant before = Instant.now();
    site.upload("quickpage-index.json", "{\"title\": \"From the bucket\"}");

    assertThat(statuses(site.ended(1, before))).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(site.page())
        .contains("<title>From the bucket</title>", "<a href=\"methods.html\">Methods</a>");
    site.settle();

    site.remove("quickpage-index.json");
    assertThat(statuses(site.ended(2, before))).containsOnly(ExecutionStatus.SUCCEEDED);
    assertThat(site.page()).contains("<title>From the stack</title>");
  }

  @Test
  void theSameRunPublishesWhereNeuPrintIsAwayForThreeSeconds() {
    Instant before = Instant.now();
    site.neuPrint().control(Map.of("down", true));
    upload();
    DeployedSite.await("a run that plans", site::isLeased);
    DeployedSite.pause(Duration.ofSeconds(3));
    site.neuPrint().calm();

    assertThat(statuses(site.ended(1, before))).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(site.hasPageOf(added)).isTrue();
    assertThat(site.pendingUploads().waiting()).isFalse();
  }

  @Test
  void theNextTryPublishesWhereNeuPrintIsAwayForLongerThanARunWaits() {
    Instant before = Instant.now();
    site.neuPrint().control(Map.of("down", true));
    upload();

    ExecutionListItem failed = site.ended(1, before).get(0);
    assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(site.pendingUploads().pending()).isTrue();
    assertThat(site.pendingUploads().blocked()).isNull();
    assertThat(site.pendingUploads().retry().attempts()).isEqualTo(1);
    site.neuPrint().calm();

    assertThat(statuses(site.ended(2, before)))
        .containsExactly(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
    assertThat(site.runsSince(before).get(1).startDate())
        .isAfterOrEqualTo(failed.stopDate().plusSeconds(55));
    assertThat(site.hasPageOf(added)).isTrue();
    site.settle();
    assertThat(site.pendingUploads().retry().attempts()).isZero();
  }

  @Test
  void waitsForAPersonWhereTheTokenIsRefused() {
    Instant before = Instant.now();
    site.neuPrint()
        .control(
            Map.of(
                "rules", List.of(Map.of("contains", "MATCH", "status", 401, "error", "no token"))));
    upload();

    assertThat(statuses(site.ended(1, before))).containsExactly(ExecutionStatus.FAILED);
    DeployedSite.await("a person", () -> site.pendingUploads().blocked() != null);
    assertThat(site.pendingUploads().blocked()).contains("refused the token (401)");
    String run = site.runsSince(before).get(0).name();
    CommandLine.Ended report = site.command("report", "--run", run);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.err()).contains("refused the token (401)", "wait for a person");

    // Somebody has mended the token, and starts a run.
    site.neuPrint().calm();
    assertThat(site.run("{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    site.settle();
    assertThat(site.hasPageOf(added)).isTrue();
  }

  @Test
  void aPersonsFailingRunTakesNothingFromUploadsAndHold() {
    Instant before = Instant.now();
    upload();
    DescribeExecutionResponse failed = site.run(OTHER_DATASET);
    assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);

    assertThat(statuses(site.ended(2, before)))
        .containsExactly(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
    assertThat(site.hasPageOf(added)).isTrue();
    site.settle();

    site.done("hold", "--reason", "pages are rewritten");
    Instant held = Instant.now();
    site.remove("types/" + added + ".html");
    assertThat(site.run(OTHER_DATASET).status()).isEqualTo(ExecutionStatus.FAILED);
    DeployedSite.pause(DeployedSite.QUIET.multipliedBy(2).plusSeconds(5));
    assertThat(site.pendingUploads().isHeld()).isTrue();
    assertThat(site.runsSince(held)).as("the person's own alone").hasSize(1);
    assertThat(site.hasPageOf(added)).isTrue();

    site.done("resume");
    site.ended(2, held);
    assertThat(site.hasPageOf(added)).isFalse();
  }

  @Test
  void deletionsCountWhereAReaderSeesThem() {
    String page = "types/" + added + ".html";
    upload();
    upload();
    Instant uploaded = Instant.now();
    site.ended(1, uploaded.minusSeconds(2));
    assertThat(site.hasPageOf(added)).isTrue();
    site.settle();

    // A version that nobody sees, as a lifecycle rule removes it weeks later.
    Instant before = Instant.now();
    site.removeVersions(page, false);
    DeployedSite.pause(DeployedSite.QUIET.multipliedBy(2).plusSeconds(5));
    assertThat(site.runsSince(before)).isEmpty();
    assertThat(site.hasPageOf(added)).isTrue();

    // The only one that is left, for good.
    site.removeVersions(page, true);
    assertThat(statuses(site.ended(1, before))).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(site.hasPageOf(added)).isFalse();
  }

  @Test
  void aSyncOverTheIndexIsMended() {
    byte[] ours = site.published().get("types.html");
    Instant before = Instant.now();
    site.upload("types.html", "<!doctype html><title>the generator's</title>");

    assertThat(statuses(site.ended(1, before))).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(text(site.published().get("types.html")))
        .doesNotContain("the generator's")
        .hasSizeGreaterThan(ours.length / 2);
    site.settle();
    DeployedSite.pause(DeployedSite.QUIET.multipliedBy(2));
    assertThat(site.runsSince(before)).as("what runs publish starts none").hasSize(1);

    Set<String> published = withoutHashes(site.published().keySet());
    Instant removed = Instant.now();
    site.removeAllButPages();
    assertThat(statuses(site.ended(1, removed))).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(withoutHashes(site.published().keySet())).isEqualTo(published);
    site.settle();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Set<String> withoutHashes(Set<String> keys) {
    return keys.stream()
        .map(key -> key.replaceAll("-[0-9a-f]{8,}(?=[.])", ""))
        .collect(Collectors.toSet());
  }
}
