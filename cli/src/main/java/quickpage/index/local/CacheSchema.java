package quickpage.index.local;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tables of the cache's file, and how we tell that a file is ours. */
final class CacheSchema {

  /** Tells our files from those of other programs (SQLite's own use of the field): "qpix". */
  private static final int APPLICATION = 0x71706978;

  /** Of the tables; the payloads have one of their own. */
  private static final int FORMAT = 1;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE version (
            id INTEGER PRIMARY KEY,
            dataset TEXT NOT NULL,
            uuid TEXT NOT NULL,
            last_database_edit TEXT NOT NULL,
            asked INTEGER NOT NULL, -- epoch seconds, to a day
            UNIQUE (dataset, uuid, last_database_edit))\
          """,
          """
          CREATE TABLE fact (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES version (id),
            type TEXT NOT NULL,
            expires INTEGER NOT NULL, -- epoch seconds
            payload BLOB NOT NULL,
            UNIQUE (version, type))\
          """,
          "CREATE INDEX fact_expires ON fact (expires)",
          """
          CREATE TABLE dataset (
            dataset TEXT PRIMARY KEY,
            expires INTEGER NOT NULL, -- epoch seconds
            payload BLOB NOT NULL)\
          """);

  private CacheSchema() {}

  /**
   * Makes the tables if the file is new, and sets what holds for one connection only.
   *
   * @throws UnusableCacheException if the file is damaged, locked, of another format or another
   *     program's
   */
  static void prepare(CacheDatabase database) {
    database.locked(
        () -> {
          createWhileBusy(database);
          refuseUnlessOurs(database);
          database.execute("PRAGMA synchronous = NORMAL");
          // A damaged page is seen before something is read out of it.
          database.execute("PRAGMA cell_size_check = ON");
          return null;
        });
  }

  /** Of two runs that make the file at the same time one may be sent away without waiting. */
  private static void createWhileBusy(CacheDatabase database) throws SQLException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(CacheDatabase.LONGEST_WAIT_SECONDS);
    while (true) {
      try {
        if (database.number("PRAGMA user_version") == 0) {
          create(database);
        }
        return;
      } catch (SQLException e) {
        if (!SqliteErrors.isBusy(e) || System.nanoTime() > giveUp || !paused()) {
          throw e;
        }
      }
    }
  }

  /** False if the thread was interrupted: nobody waits for the cache any more. */
  private static boolean paused() {
    try {
      Thread.sleep(20);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Makes the tables, unless the file belongs to somebody else or another run was quicker. */
  private static void create(CacheDatabase database) throws SQLException {
    if (database.number("SELECT count(*) FROM sqlite_master") > 0) {
      return;
    }
    // Before there is anything in the file; the log's mode is kept in it, too.
    database.execute("PRAGMA auto_vacuum = INCREMENTAL");
    database.execute("PRAGMA journal_mode = WAL");
    database.inTransaction(
        () -> {
          if (database.number("PRAGMA user_version") == 0) {
            for (String table : TABLES) {
              database.execute(table);
            }
            database.execute("PRAGMA application_id = " + APPLICATION);
            database.execute("PRAGMA user_version = " + FORMAT);
          }
          return null;
        });
  }

  private static void refuseUnlessOurs(CacheDatabase database) throws SQLException {
    long application = database.number("PRAGMA application_id");
    long format = database.number("PRAGMA user_version");
    if (application != APPLICATION) {
      throw new UnusableCacheException(
          database.file(), "it is a database of another program", null);
    }
    if (format != FORMAT) {
      throw new UnusableCacheException(
          database.file(),
          "it has format %d, and this version of quickpage-index knows format %d"
              .formatted(format, FORMAT),
          null);
    }
  }
}
