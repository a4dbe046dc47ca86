package quickpage.index.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.neuprint.TypeCensus;

class DatasetQuestionsTest extends PlanUnderTest {

  @Test
  void aColdRunAsksEverythingAndKeepsIt() {
    type("A", 3);

    plan();

    assertThat(neuPrint.asked).containsExactlyInAnyOrder("datasets", "types", "meta");
    assertThat(cache.datasets.get(DATASET).neurons()).containsEntry("A", 3L);
  }

  @Test
  void aWarmRunAsksForTheVersionAlone() {
    cached("A", 3);
    plan();
    store.objects.keySet().removeIf(key -> key.contains("/runs/"));
    neuPrint.asked.clear();

    plan();

    assertThat(neuPrint.asked).containsExactlyInAnyOrder("datasets", "version");
    assertThat(folder.plan().batches()).isZero();
  }

  @Test
  void anEditedDatasetIsAskedAnew() {
    cached("A", 3);
    plan();
    store.objects.keySet().removeIf(key -> key.contains("/runs/"));
    neuPrint.asked.clear();
    neuPrint.version = new DatasetVersion(DATASET, "5a3f", "2027");
    type("B", 5);

    plan();

    assertThat(neuPrint.asked).containsExactlyInAnyOrder("datasets", "version", "types", "meta");
    assertThat(folder.context(folder.plan().context()).version()).isEqualTo(neuPrint.version);
    assertThat(cache.datasets.get(DATASET).neurons()).containsKeys("A", "B");
  }

  @Test
  void aRefreshAsksEverything() {
    cached("A", 3);
    plan();
    store.objects.keySet().removeIf(key -> key.contains("/runs/"));
    neuPrint.asked.clear();

    plan(options().put("refresh", true));

    assertThat(neuPrint.asked).containsExactlyInAnyOrder("datasets", "types", "meta");
  }

  /** The other questions are at the server, and it takes its time. */
  @Test
  void aWrongNameIsToldWithoutWaitingForOtherAnswers() {
    CountDownLatch never = new CountDownLatch(1);
    Dataset slow =
        new Dataset() {
          @Override
          public TypeCensus types(String dataset) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new RefusedException("interrupted");
          }
        };
    slow.wrongName = new RefusedException("There is no such dataset.");
    page("A");

    assertThatThrownBy(
            () ->
                new PlanRun(
                        quickpage.index.site.store.SiteStores.of(bucket -> store),
                        (deadline, address) -> slow,
                        cache,
                        quickpage.index.lease.RunCoordination.NONE,
                        java.time.Clock.systemUTC())
                    .run(request(options()), DEADLINE))
        .hasMessage("There is no such dataset.");
  }

  @Test
  void withOneQueryAtATimeTheNameIsJudgedBeforeAnythingElseIsAsked() {
    neuPrint.wrongName = new RefusedException("There is no such dataset.");
    page("A");

    assertThatThrownBy(() -> plan(options().put("maxConcurrency", 1)))
        .hasMessage("There is no such dataset.");
    assertThat(neuPrint.asked).containsExactly("datasets");
  }

  @Test
  void whichPropertiesTellSidesIsAskedOnlyWhereTheRuleDependsOnIt() {
    type("A", 3);

    plan(options(), "hemibrain:v1");

    assertThat(neuPrint.asked).containsExactlyInAnyOrder("datasets", "types", "meta", "sides");
  }
}
