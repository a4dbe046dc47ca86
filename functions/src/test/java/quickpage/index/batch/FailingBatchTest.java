package quickpage.index.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.cache.FactCache;
import quickpage.index.cache.MemoryCache;
import quickpage.index.error.DatasetEditedException;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.TypeQuestion;

/** What becomes of a batch's types where NeuPrint or the cache fails. */
class FailingBatchTest extends BatchUnderTest {

  @Test
  void aCacheThatRefusesIsTheReasonOfEveryType() {
    Scripted neuPrint = new Scripted();
    FactCache gone =
        new MemoryCache() {
          @Override
          public Found read(DatasetVersion version, Collection<String> types) {
            throw new RefusedException("There is no cache table facts.");
          }
        };

    BatchStatistics done =
        new IndexBatch(neuPrint, gone, folder, Clock.systemUTC())
            .run(context(1, false), batch("A", "B"), DEADLINE);

    assertThat(neuPrint.asked).isNull();
    assertThat(done.unavailable())
        .containsExactly(
            new UnavailableType("A", "There is no cache table facts."),
            new UnavailableType("B", "There is no cache table facts."));
    assertThat(shard()).extracting(IndexEntry::status).containsOnly(EntryStatus.UNAVAILABLE);
  }

  @Test
  void aTypeThatCannotBeHadIsUnavailableAndNotKept() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            listener.unavailable("B", "NeuPrint was too slow.");
            listener.described(List.of(facts("A", true)));
          }
        };

    BatchStatistics done = run(neuPrint, context(1, false), batch("A", "B"));

    assertThat(done.unavailable())
        .containsExactly(new UnavailableType("B", "NeuPrint was too slow."));
    assertThat(shard().get(1).status()).isEqualTo(EntryStatus.UNAVAILABLE);
    assertThat(shard().get(1).error()).isEqualTo("NeuPrint was too slow.");
    assertThat(cache.facts).containsOnlyKeys("A");
  }

  @Test
  void aDatasetThatWasEditedLeavesNoShardButTheSentence() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            throw new DatasetEditedException(VERSION, new DatasetVersion("cns:v1", "5a3f", "2027"));
          }
        };

    BatchStatistics done = run(neuPrint, context(1, false), batch("A"));

    assertThat(done.edited()).contains("was edited while it was read");
    assertThat(folder.shard(batch())).isEmpty();
    assertThat(store.objects.get(".quickpage-index/runs/run-1/batches/plan/00004.json"))
        .isEqualTo(Json.bytes(done));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasDescribedBeforeAFailureIsWrittenWhenTheBatchHasEnded(boolean edited) {
    CountDownLatch writing = new CountDownLatch(1);
    MemoryCache slow =
        new MemoryCache() {
          @Override
          public synchronized int write(
              DatasetVersion version, Collection<TypeFacts> described, Duration timeToLive) {
            writing.countDown();
            pause();
            return super.write(version, described, timeToLive);
          }
        };
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            listener.described(List.of(facts("A", true)));
            awaitIt(writing);
            throw edited
                ? new DatasetEditedException(VERSION, new DatasetVersion("cns:v1", "5a3f", "2027"))
                : new RefusedException("There is no NeuPrint token.");
          }
        };

    new IndexBatch(neuPrint, slow, folder, Clock.fixed(DEADLINE, ZoneOffset.UTC))
        .run(context(1, false), batch("A", "B"), DEADLINE);

    synchronized (slow) {
      assertThat(slow.facts).containsOnlyKeys("A");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRefusalInTheMiddleIsTheReasonOfTheTypesThatAreLeft() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            listener.described(List.of(facts("B", true)));
            throw new RefusedException("There is no NeuPrint token.");
          }
        };
    cache.facts.put("A", facts("A", true));

    BatchStatistics done = run(neuPrint, context(1, false), batch("A", "B", "C"));

    assertThat(shard())
        .extracting(IndexEntry::status)
        .containsExactly(EntryStatus.OK, EntryStatus.OK, EntryStatus.UNAVAILABLE);
    assertThat(done.unavailable())
        .containsExactly(new UnavailableType("C", "There is no NeuPrint token."));
  }

  @Test
  void aFaultThatARepeatMayMendIsThrownAndWhatCameBeforeIsKept() {
    NeuPrint neuPrint =
        new Scripted() {
          @Override
          public void describe(TypeQuestion question, DescribeListener listener) {
            throw new TransientFailure("away", null);
          }
        };

    assertThatThrownBy(() -> run(neuPrint, context(1, false), batch("A")))
        .isInstanceOf(TransientFailure.class);
    assertThat(store.objects).isEmpty();
  }

  @Test
  void factsThatTheCacheDidNotTakeAreCountedAndIndexed() {
    cache.refuses = 1;

    BatchStatistics done = run(new Scripted(), context(1, false), batch("A", "B"));

    assertThat(done.unsaved()).isEqualTo(2);
    assertThat(shard()).hasSize(2);
  }
}
