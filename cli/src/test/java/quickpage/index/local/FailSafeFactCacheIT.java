package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.model.DatasetVersion;

class FailSafeFactCacheIT {

  private static final DatasetVersion VERSION = new DatasetVersion("cns", "u", "e");

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  @Test
  void whatWasOpenedBesideOtherWorkIsClosedThoughNobodyAskedIt() {
    AtomicReference<SqliteFactCache> opened = new AtomicReference<>();
    FailSafeFactCache cache =
        new FailSafeFactCache(
            () -> {
              opened.set(SqliteFactCache.open(folder, Clock.systemUTC()));
              return opened.get();
            },
            told::add);
    cache.prepare();

    cache.close();

    assertThatThrownBy(() -> opened.get().read(VERSION, List.of("A")))
        .isInstanceOf(UnusableCacheException.class);
    assertThat(told).isEmpty();
  }

  @Test
  void oneThatCouldNotBeOpenedIsToldOnceAndClosedWithoutAFailure() {
    FailSafeFactCache cache =
        new FailSafeFactCache(
            () -> {
              throw new UnusableCacheException(
                  folder.resolve("facts.sqlite"), "it is locked", null);
            },
            told::add);
    cache.prepare();

    assertThat(cache.read(VERSION, List.of("A")).facts()).isEmpty();
    cache.close();

    assertThat(told).hasSize(1);
  }
}
