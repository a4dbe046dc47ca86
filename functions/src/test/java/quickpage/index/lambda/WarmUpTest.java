package quickpage.index.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quickpage.index.batch.IndexBatchHandler;
import quickpage.index.cache.FactCache;
import quickpage.index.compose.ComposeIndex;
import quickpage.index.compose.ComposeIndexHandler;
import quickpage.index.finish.FinishRun;
import quickpage.index.finish.FinishRunHandler;
import quickpage.index.finish.FunctionMemory;
import quickpage.index.lease.RunCoordination;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TypeFacts;
import quickpage.index.plan.PlanRun;
import quickpage.index.plan.PlanRunHandler;
import quickpage.index.site.store.MemoryStore;
import quickpage.index.site.store.SiteStores;

/** What is in memory before a snapshot is in every function that comes of it. */
class WarmUpTest {

  private static final Path OPEN = Path.of("/proc/self/fd");

  private final MemoryStore store = new MemoryStore();

  private List<StageHandler<?, ?>> handlers() {
    SiteStores stores = SiteStores.of(bucket -> store);
    return List.of(
        new IndexBatchHandler(
            bucket -> store,
            address -> {
              throw new AssertionError("NeuPrint was asked");
            },
            new NoCache(),
            Clock.systemUTC()),
        new PlanRunHandler(
            new PlanRun(
                stores,
                (deadline, address) -> {
                  throw new AssertionError("NeuPrint was asked");
                },
                new NoCache(),
                RunCoordination.NONE,
                Clock.systemUTC())),
        new ComposeIndexHandler(new ComposeIndex(stores, RunCoordination.NONE, Clock.systemUTC())),
        new FinishRunHandler(
            new FinishRun(
                bucket -> store, RunCoordination.NONE, FunctionMemory.NONE, Clock.systemUTC())));
  }

  /** The deployment's own cache, which priming has to leave alone. */
  private static final class NoCache implements FactCache {

    @Override
    public Found read(DatasetVersion version, Collection<String> types) {
      throw new AssertionError("the cache was read");
    }

    @Override
    public int write(DatasetVersion version, Collection<TypeFacts> facts, Duration timeToLive) {
      throw new AssertionError("the cache was written");
    }

    @Override
    public Optional<DatasetFacts> dataset(String dataset) {
      throw new AssertionError("the cache was read");
    }

    @Override
    public boolean keepDataset(DatasetFacts facts, Duration timeToLive) {
      throw new AssertionError("the cache was written");
    }
  }

  private static long sockets() throws IOException {
    try (Stream<Path> files = Files.list(OPEN)) {
      return files.filter(WarmUpTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> temporaryFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("quickpage-index"))
          .sorted()
          .toList();
    }
  }

  @Test
  void leavesNoConnectionBehind() throws IOException {
    assumeThat(OPEN).exists();
    for (StageHandler<?, ?> handler : handlers()) {
      long before = sockets();

      handler.warmUp();

      assertThat(sockets()).as(handler.getClass().getSimpleName()).isEqualTo(before);
    }
  }

  @Test
  void touchesNoSiteAndLeavesNoFile() throws IOException {
    List<String> before = temporaryFolders();

    handlers().forEach(StageHandler::warmUp);

    assertThat(store.objects).isEmpty();
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  @Test
  void needsNoCredentials() {
    String profile = System.getProperty("aws.profile");
    System.setProperty("aws.profile", "there-is-no-such-profile");
    try {
      handlers().forEach(StageHandler::warmUp);
    } finally {
      if (profile == null) {
        System.clearProperty("aws.profile");
      } else {
        System.setProperty("aws.profile", profile);
      }
    }
  }

  /** Prints what a first invocation would wait for, and what is left of it after a warm-up. */
  public static void main(String[] arguments) {
    for (StageHandler<?, ?> handler : new WarmUpTest().handlers()) {
      if (handler.getClass().getSimpleName().startsWith(arguments[0])) {
        for (String time : List.of("first", "second")) {
          long start = System.nanoTime();
          handler.warmUp();
          System.out.printf("%s: %d ms%n", time, (System.nanoTime() - start) / 1_000_000);
        }
      }
    }
  }
}
