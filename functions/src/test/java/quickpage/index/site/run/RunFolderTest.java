package quickpage.index.site.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.store.MemoryStore;

public class RunFolderTest {

  private final MemoryStore store = new MemoryStore();
  private final RunFolder folder = new RunFolder(store, "male-cns/", "run-1");

  private void put(String name, String text) {
    store.objects.put(
        "male-cns/.quickpage-index/runs/run-1/" + name, text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run-20260101T000000.123Z-a1", "0f3c9b1e-77aa-4d0b-9d3f-000000000000"})
  void aSafeExecutionNameIsTheRunsName(String execution) {
    assertThat(RunFolder.runName(execution)).isEqualTo(execution);
  }

  @Test
  void noTwoExecutionsAreTheSameRun() {
    List<String> executions =
        List.of("a(1)", "a-1-", "a+1+", "..", ".", "--", "x".repeat(80), "x".repeat(81), "ä", "ö");

    Set<String> runs = executions.stream().map(RunFolder::runName).collect(Collectors.toSet());

    assertThat(runs)
        .hasSameSizeAs(executions)
        .allMatch(run -> run.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}"));
  }

  @Test
  void aFileOfAnotherFormatIsRefusedInASentence() {
    put("plan.json", "{\"format\": 1}");

    assertThatThrownBy(folder::plan)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("plan.json was written by another version (format 1, this version")
        .hasMessageEndingWith("start the run again.");
  }

  @Test
  void aDamagedFileIsRefusedInASentence() {
    put("plan.json", "{\"format\": 2, \"checksum\"}");

    assertThatThrownBy(folder::plan)
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("plan.json is damaged: start the run again.");
  }

  @Test
  void aFileThatIsNotWhatItsNameSaysIsReadAgain() {
    put("context-0123.json", "{\"format\": 2}");

    assertThatThrownBy(() -> folder.context("context-0123.json"))
        .isInstanceOf(TransientFailure.class)
        .hasMessageEndingWith("context-0123.json is not whole.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not JSON", "{\"format\": 1, \"publications\": 7}"})
  void aDamagedRecordOfWhatWasPublishedIsRefusedInASentence(String text) {
    String key = "male-cns/.quickpage-index/published/state.json";
    store.objects.put(key, text.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Publications.of(store, "male-cns/"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(key + " is damaged: restore or remove it");
  }

  @Test
  void aFileThatIsGoneIsRefusedInASentence() {
    assertThatThrownBy(folder::plan)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The run's file memory/male-cns/.quickpage-index/runs/run-1/plan.json is gone: start"
                + " the run again.");
  }

  @Test
  void aTornFileIsReadAgain() {
    put("plan.json", "{\"format\": 1, \"layout\":");

    assertThatThrownBy(folder::plan).isInstanceOf(TransientFailure.class);
  }

  @Test
  void unavailableTypesAreThoseOfTheComposeStageOrUnknown() {
    assertThat(folder.unavailable()).isEmpty();

    folder.writeUnavailable(List.of(new UnavailableType("LC10a", "why")));

    assertThat(folder.unavailable()).contains(List.of(new UnavailableType("LC10a", "why")));
  }

  @Test
  void everythingOfARunIsInItsFolder() {
    Batch batch = new Batch(3, "0123", "context", List.of());
    folder.writeShard(batch, List.of());
    folder.writeReport(java.util.Map.of("format", 1));

    assertThat(store.objects.keySet())
        .containsExactlyInAnyOrder(
            Stream.of("shards/0123/00003.smile", "report.json")
                .map(name -> "male-cns/.quickpage-index/runs/run-1/" + name)
                .toArray(String[]::new));
    assertThat(folder.shard(batch)).isPresent();
    assertThat(folder.shard(new Batch(4, "0123", "context", List.of()))).isEmpty();
  }
}
