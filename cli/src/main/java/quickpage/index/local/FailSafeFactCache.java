package quickpage.index.local;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.cache.FactCache;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TypeFacts;

/**
 * A cache whose failure does not fail the run: it is opened at the first use, and after the first
 * fault it answers as if it were empty. The fault is reported once, when it happens.
 */
final class FailSafeFactCache implements FactCache, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FailSafeFactCache.class);

  private final Supplier<SqliteFactCache> open;
  private final Consumer<String> told;
  private final AtomicBoolean faulty = new AtomicBoolean();
  private CompletableFuture<SqliteFactCache> opened;

  /**
   * A cache that is not opened yet.
   *
   * @param told what is wrong with the cache, in one sentence
   */
  FailSafeFactCache(Supplier<SqliteFactCache> open, Consumer<String> told) {
    this.open = open;
    this.told = told;
  }

  /** Opens the cache beside other work, for somebody who will need it. */
  void prepare() {
    open(
        task -> {
          Thread thread = new Thread(task, "open-cache");
          // A file system that does not answer must not keep a process that has nothing else to do.
          thread.setDaemon(true);
          thread.start();
        });
  }

  private synchronized void open(Executor executor) {
    if (opened == null) {
      opened = CompletableFuture.supplyAsync(this::openOrTell, executor);
    }
  }

  private SqliteFactCache openOrTell() {
    try {
      return open.get().endingAtFirstFault();
    } catch (UnusableCacheException e) {
      tell(e);
      throw e;
    }
  }

  private synchronized SqliteFactCache opened() {
    open(Runnable::run);
    return opened.join();
  }

  @Override
  public Found read(DatasetVersion version, Collection<String> types) {
    return attempt(cache -> cache.read(version, types), () -> new Found(Map.of(), Set.of()));
  }

  @Override
  public int write(DatasetVersion version, Collection<TypeFacts> facts, Duration timeToLive) {
    return attempt(cache -> cache.write(version, facts, timeToLive), facts::size);
  }

  @Override
  public Optional<DatasetFacts> dataset(String dataset) {
    return attempt(cache -> cache.dataset(dataset), Optional::empty);
  }

  @Override
  public boolean keepDataset(DatasetFacts facts, Duration timeToLive) {
    return attempt(cache -> cache.keepDataset(facts, timeToLive), () -> false);
  }

  /** Removes what is old, and closes the cache if it was opened. */
  @Override
  public void close() {
    if (!wasOpened()) {
      return;
    }
    try {
      attempt(
          cache -> {
            cache.removeOld();
            return null;
          },
          () -> null);
    } finally {
      closeOpened();
    }
  }

  private void closeOpened() {
    SqliteFactCache cache;
    try {
      cache = opened();
    } catch (CompletionException e) {
      return; // It was never open.
    }
    try {
      cache.close();
    } catch (UnusableCacheException e) {
      tell(e);
    }
  }

  private synchronized boolean wasOpened() {
    return opened != null;
  }

  private <T> T attempt(Function<SqliteFactCache, T> question, Supplier<T> otherwise) {
    if (faulty.get()) {
      return otherwise.get();
    }
    try {
      return question.apply(opened());
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnusableCacheException failure) {
        tell(failure);
        return otherwise.get();
      }
      throw e;
    } catch (UnusableCacheException e) {
      tell(e);
      return otherwise.get();
    }
  }

  private void tell(UnusableCacheException failure) {
    LOG.debug("the cache cannot be used", failure);
    if (faulty.compareAndSet(false, true)) {
      told.accept(failure.butTheRunGoesOn());
    }
  }
}
