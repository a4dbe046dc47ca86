package quickpage.index.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/**
 * The one connection to the cache's file, whatever the tables in it: for one thread at a time, in
 * transactions. Whatever SQLite does not take or give ends in an {@link UnusableCacheException}; a
 * file that is damaged is closed and moved aside.
 */
final class CacheDatabase implements AutoCloseable {

  /** Longest wait for other processes. */
  static final int LONGEST_WAIT_SECONDS = 5;

  private final Path file;
  private final CacheFiles files;
  private final Connection connection;

  /** SQLite's connections are for one thread at a time. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether nothing is asked any more after the first fault; guarded by the lock. */
  private boolean endsAtFirstFault;

  /** The fault after which nothing is asked any more; guarded by the lock. */
  private UnusableCacheException ended;

  private CacheDatabase(Path file, CacheFiles files, Connection connection) {
    this.file = file;
    this.files = files;
    this.connection = connection;
  }

  /**
   * Opens a file; it and its folder are made if they are missing.
   *
   * @throws UnusableCacheException if SQLite must not open it, or cannot
   */
  static CacheDatabase open(Path file, Clock clock) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UnusableCacheException(file, UnusableFolderException.reason(e), e);
    }
    CacheFiles files = CacheFiles.lookAt(file, clock);
    return new CacheDatabase(file, files, connect(file, files));
  }

  private static Connection connect(Path file, CacheFiles files) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS));
    try {
      // As an URI, in which the name may have a question mark.
      Connection connection =
          config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath());
      files.opened();
      return connection;
    } catch (SQLException e) {
      if (SqliteErrors.isDamage(e)) {
        throw new UnusableCacheException(file, files.damaged(SqliteErrors.reason(e)), e);
      }
      // The driver unpacks a library into java.io.tmpdir, where that may be forbidden.
      String reason =
          e.getCause() == null || e.getCause() instanceof SQLException
              ? SqliteErrors.reason(e)
              : "SQLite's library could not be loaded (%s)".formatted(e.getCause().getMessage());
      throw new UnusableCacheException(file, reason, e);
    } catch (LinkageError e) {
      throw new UnusableCacheException(
          file, "SQLite's library does not fit (%s)".formatted(e.getMessage()), e);
    }
  }

  Path file() {
    return file;
  }

  /** From now on the first fault is the last: whoever waits for the lock is not kept waiting. */
  void endAtFirstFault() {
    lock.lock();
    try {
      endsAtFirstFault = true;
    } finally {
      lock.unlock();
    }
  }

  /** Something done with the connection. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Does something while no other thread does. Transactions and statements are for such work only.
   */
  <T> T locked(Work<T> work) {
    lock.lock();
    try {
      if (ended != null) {
        throw ended;
      }
      return work.run();
    } catch (SQLException e) {
      UnusableCacheException failure = unusable(e);
      if (endsAtFirstFault || SqliteErrors.isDamage(e)) {
        ended = failure;
      }
      throw failure;
    } finally {
      lock.unlock();
    }
  }

  <T> T lockedTransaction(Work<T> work) {
    return locked(() -> inTransaction(work));
  }

  /** Takes the right to write at once: one that reads first may find that it cannot write. */
  <T> T inTransaction(Work<T> work) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      T result = work.run();
      execute("COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        execute("ROLLBACK");
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** A statement with parameters, to be closed by the caller. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** So many parameters, to be compared with IN. */
  static String placeholders(int count) {
    return "(" + String.join(",", Collections.nCopies(count, "?")) + ")";
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // To its end: "execute" would stop at the first page that incremental_vacuum gives back.
      statement.executeUpdate(sql);
    }
  }

  /** The first column of the first row. */
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw unusable(e);
    } finally {
      lock.unlock();
    }
  }

  /** Closes it because of a failure, which is what the user has to hear of. */
  void closeAfter(Throwable failure) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** What is damaged is closed and moved aside. */
  private UnusableCacheException unusable(SQLException cause) {
    if (!SqliteErrors.isDamage(cause)) {
      return new UnusableCacheException(file, SqliteErrors.reason(cause), cause);
    }
    closeAfter(cause);
    return new UnusableCacheException(file, files.damaged(SqliteErrors.reason(cause)), cause);
  }
}
