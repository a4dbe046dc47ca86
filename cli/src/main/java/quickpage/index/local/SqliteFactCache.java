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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import quickpage.index.cache.CacheMaintenance;
import quickpage.index.cache.DatasetPayload;
import quickpage.index.cache.FactCache;
import quickpage.index.cache.FactPayload;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TypeFacts;

/**
 * {@link FactCache} in one SQLite file, which several runs may use at the same time: readers wait
 * for nobody (write-ahead log), writers for each other, {@value #LONGEST_WAIT_SECONDS} s at most.
 * Each write is a transaction, so a killed run leaves whole facts; after a power cut the last ones
 * may be missing, for only the log's way into the file is synced.
 *
 * <p>Whatever the file does not take or give ends in an {@link UnusableCacheException}. Each entry
 * has a checksum, so damage that SQLite does not see costs that entry; the file as a whole is not
 * checked when it is opened, which would take longer than reading it. Safe for use by several
 * threads.
 */
public final class SqliteFactCache implements FactCache, CacheMaintenance, AutoCloseable {

  /** The file's name in the folder of the cache. */
  static final String FILE = "facts.sqlite";

  /** What the cache was before: DynamoDB Local's data of all credentials and regions. */
  private static final String FORMER_FILE = "shared-local-instance.db";

  /** Tells our files from those of other programs (SQLite's own use of the field): "qpix". */
  private static final int APPLICATION = 0x71706978;

  /** Of the tables; the payloads have one of their own. */
  private static final int FORMAT = 1;

  private static final int LONGEST_WAIT_SECONDS = 5;

  /** Types that one statement asks for; more at once are not quicker. */
  private static final int TYPES_PER_READ = 500;

  /** Facts of a version that nobody has asked for in this time are removed. */
  private static final Duration VERSION_KEPT = Duration.ofDays(30);

  /** How exactly it is noted when a version was asked for; noting it is a write. */
  private static final Duration ASKED_NOTED = Duration.ofDays(1);

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

  private final Path file;
  private final CacheFiles files;
  private final Clock clock;
  private final Connection connection;
  private final long openedAt;

  /** SQLite's connections are for one thread at a time. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether nothing is asked any more after the first fault; guarded by the lock. */
  private boolean endsAtFirstFault;

  /** The fault after which nothing is asked any more; guarded by the lock. */
  private UnusableCacheException ended;

  private SqliteFactCache(Path file, CacheFiles files, Clock clock, Connection connection) {
    this.file = file;
    this.files = files;
    this.clock = clock;
    this.connection = connection;
    this.openedAt = clock.instant().getEpochSecond();
  }

  /**
   * Opens the cache of a folder; both are made if they are missing.
   *
   * @throws UnusableCacheException if it is damaged (then it is moved aside), locked, of a newer
   *     format, no file or a link, or its disk is at fault
   */
  public static SqliteFactCache open(Path folder, Clock clock) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UnusableCacheException(file, UnusableFolderException.reason(e), e);
    }
    CacheFiles files = CacheFiles.lookAt(file, clock);
    SqliteFactCache cache = new SqliteFactCache(file, files, clock, connect(file, files));
    try {
      cache.prepare();
      return cache;
    } catch (SQLException e) {
      UnusableCacheException failure = cache.unusable(e);
      cache.closeAfter(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      cache.closeAfter(e);
      throw e;
    }
  }

  /** From now on the first fault is the last: whoever waits for the lock is not kept waiting. */
  SqliteFactCache endingAtFirstFault() {
    lock.lock();
    try {
      endsAtFirstFault = true;
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a folder has a cache already. */
  public static boolean isIn(Path folder) {
    return FileKind.of(folder.resolve(FILE)) != FileKind.MISSING;
  }

  /** A sentence where the folder has a cache of the former kind, which nobody reads any more. */
  static Optional<String> tellFormerCache(Path folder) {
    return Files.exists(folder.resolve(FORMER_FILE))
        ? Optional.of(
            "The cache of an earlier version, %s, is not used any more and may be removed."
                .formatted(folder.resolve(FORMER_FILE)))
        : Optional.empty();
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
      if (isDamage(e)) {
        throw new UnusableCacheException(file, files.damaged(reason(e)), e);
      }
      // The driver unpacks a library into java.io.tmpdir, where that may be forbidden.
      String reason =
          e.getCause() == null || e.getCause() instanceof SQLException
              ? reason(e)
              : "SQLite's library could not be loaded (%s)".formatted(e.getCause().getMessage());
      throw new UnusableCacheException(file, reason, e);
    } catch (LinkageError e) {
      throw new UnusableCacheException(
          file, "SQLite's library does not fit (%s)".formatted(e.getMessage()), e);
    }
  }

  private void prepare() throws SQLException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    while (true) {
      try {
        if (number("PRAGMA user_version") == 0) {
          create();
        }
        break;
      } catch (SQLException e) {
        // Of two runs that make the file at the same time one may be sent away without waiting.
        if (!isBusy(e) || System.nanoTime() > giveUp || !paused()) {
          throw e;
        }
      }
    }
    long application = number("PRAGMA application_id");
    long format = number("PRAGMA user_version");
    if (application != APPLICATION) {
      throw new UnusableCacheException(file, "it is a database of another program", null);
    }
    if (format != FORMAT) {
      throw new UnusableCacheException(
          file,
          "it has format %d, and this version of quickpage-index knows format %d"
              .formatted(format, FORMAT),
          null);
    }
    execute("PRAGMA synchronous = NORMAL");
    // A damaged page is seen before something is read out of it.
    execute("PRAGMA cell_size_check = ON");
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
  private void create() throws SQLException {
    if (number("SELECT count(*) FROM sqlite_master") > 0) {
      return;
    }
    // Before there is anything in the file; the log's mode is kept in it, too.
    execute("PRAGMA auto_vacuum = INCREMENTAL");
    execute("PRAGMA journal_mode = WAL");
    inTransaction(
        () -> {
          if (number("PRAGMA user_version") == 0) {
            for (String table : TABLES) {
              execute(table);
            }
            execute("PRAGMA application_id = " + APPLICATION);
            execute("PRAGMA user_version = " + FORMAT);
          }
          return null;
        });
  }

  @Override
  public Found read(DatasetVersion version, Collection<String> types) {
    Map<String, byte[]> payloads = new HashMap<>();
    Set<String> expired = new HashSet<>();
    if (!types.isEmpty()) {
      locked(
          () -> {
            Optional<Long> id = versionId(version);
            if (id.isPresent()) {
              readPayloads(version, id.get(), types, payloads, expired);
            }
            return null;
          });
    }
    Map<String, TypeFacts> facts = new HashMap<>();
    payloads.forEach(
        (type, payload) ->
            FactPayload.read(payload, type).ifPresent(found -> facts.put(type, found)));
    return new Found(facts, expired);
  }

  private void readPayloads(
      DatasetVersion version,
      long id,
      Collection<String> types,
      Map<String, byte[]> payloads,
      Set<String> expired)
      throws SQLException {
    long now = now();
    List<String> names = new ArrayList<>(types);
    // In the order of the index, which is that of the pages of the file.
    Collections.sort(names);
    for (int start = 0; start < names.size(); start += TYPES_PER_READ) {
      List<String> some = names.subList(start, Math.min(names.size(), start + TYPES_PER_READ));
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT type, expires, payload FROM fact WHERE version = ? AND type IN "
                  + placeholders(some.size()))) {
        select.setLong(1, id);
        for (int i = 0; i < some.size(); i++) {
          select.setString(i + 2, some.get(i));
        }
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            String type = rows.getString(1);
            long expires = rows.getLong(2);
            if (type == null) {
              continue;
            }
            if (expires <= now) {
              expired.add(type);
            } else {
              EntryChecksum.payload(rows.getBytes(3), expires, key(version, type))
                  .ifPresent(payload -> payloads.put(type, payload));
            }
          }
        }
      }
    }
  }

  /** What the facts of a type are kept for. */
  private static String[] key(DatasetVersion version, String type) {
    return new String[] {version.dataset(), version.uuid(), version.lastDatabaseEdit(), type};
  }

  private static String placeholders(int count) {
    return "(" + String.join(",", Collections.nCopies(count, "?")) + ")";
  }

  /** The number of a version, whose being asked for is noted; empty if nothing is kept of it. */
  private Optional<Long> versionId(DatasetVersion version) throws SQLException {
    long now = now();
    long id;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, asked FROM version"
                + " WHERE dataset = ? AND uuid = ? AND last_database_edit = ?")) {
      bind(select, version);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        id = row.getLong(1);
        if (now - row.getLong(2) < ASKED_NOTED.toSeconds()) {
          return Optional.of(id);
        }
      }
    }
    return inTransaction(
        () -> {
          execute("UPDATE version SET asked = %d WHERE id = %d".formatted(now, id));
          return Optional.of(id);
        });
  }

  private static void bind(PreparedStatement statement, DatasetVersion version)
      throws SQLException {
    statement.setString(1, version.dataset());
    statement.setString(2, version.uuid());
    statement.setString(3, version.lastDatabaseEdit());
  }

  @Override
  public int write(DatasetVersion version, Collection<TypeFacts> facts, Duration timeToLive) {
    if (facts.isEmpty()) {
      return 0;
    }
    long expires = clock.instant().plus(timeToLive).getEpochSecond();
    Map<String, byte[]> entries = new HashMap<>();
    facts.forEach(
        one ->
            entries.put(
                one.type(),
                EntryChecksum.append(FactPayload.write(one), expires, key(version, one.type()))));
    lockedTransaction(
        () -> {
          long id = versionIdMade(version);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO fact (version, type, expires, payload) VALUES (?, ?, ?, ?)"
                      + " ON CONFLICT (version, type) DO UPDATE"
                      + " SET expires = excluded.expires, payload = excluded.payload")) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
              insert.setLong(1, id);
              insert.setString(2, one.getKey());
              insert.setLong(3, expires);
              insert.setBytes(4, one.getValue());
              insert.executeUpdate();
            }
          }
          return null;
        });
    return 0;
  }

  private long versionIdMade(DatasetVersion version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO version (dataset, uuid, last_database_edit, asked) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET asked = excluded.asked RETURNING id")) {
      bind(insert, version);
      insert.setLong(4, now());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Override
  public Optional<DatasetFacts> dataset(String dataset) {
    Optional<byte[]> payload =
        locked(
            () -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT payload, expires FROM dataset WHERE dataset = ? AND expires > ?")) {
                select.setString(1, dataset);
                select.setLong(2, now());
                try (ResultSet row = select.executeQuery()) {
                  return row.next()
                      ? EntryChecksum.payload(row.getBytes(1), row.getLong(2), dataset)
                      : Optional.empty();
                }
              }
            });
    return payload.flatMap(bytes -> DatasetPayload.read(bytes, dataset));
  }

  @Override
  public boolean keepDataset(DatasetFacts facts, Duration timeToLive) {
    long expires = clock.instant().plus(timeToLive).getEpochSecond();
    byte[] entry =
        EntryChecksum.append(DatasetPayload.write(facts), expires, facts.version().dataset());
    return lockedTransaction(
        () -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO dataset (dataset, expires, payload) VALUES (?, ?, ?)")) {
            insert.setString(1, facts.version().dataset());
            insert.setLong(2, expires);
            insert.setBytes(3, entry);
            return insert.executeUpdate() == 1;
          }
        });
  }

  /**
   * Removes what was past its time when the cache was opened, so that each run can tell what has
   * expired, and versions that nobody has asked for in 30 days; the file shrinks by it. Does
   * nothing while another run writes: that one, or the next, will do it.
   */
  void removeOld() {
    long forgotten = openedAt - VERSION_KEPT.toSeconds();
    try {
      locked(
          () -> {
            if (number(
                    "SELECT EXISTS (SELECT 1 FROM fact WHERE expires <= %d)".formatted(openedAt)
                        + " OR EXISTS (SELECT 1 FROM dataset WHERE expires <= %d)"
                            .formatted(openedAt)
                        + " OR EXISTS (SELECT 1 FROM version WHERE asked <= %d)"
                            .formatted(forgotten))
                == 0) {
              return null;
            }
            inTransaction(
                () -> {
                  execute("DELETE FROM dataset WHERE expires <= " + openedAt);
                  execute(
                      "DELETE FROM fact WHERE expires <= %d".formatted(openedAt)
                          + " OR version IN (SELECT id FROM version WHERE asked <= %d)"
                              .formatted(forgotten));
                  execute("DELETE FROM version WHERE asked <= " + forgotten);
                  return null;
                });
            shrink();
            return null;
          });
    } catch (UnusableCacheException e) {
      if (!(e.getCause() instanceof SQLException cause) || !isBusy(cause)) {
        throw e;
      }
    }
  }

  private void shrink() throws SQLException {
    execute("PRAGMA incremental_vacuum");
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public List<Kept> stats(Selection selection) {
    List<Kept> kept = new ArrayList<>();
    locked(
        () -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT dataset, uuid, last_database_edit, count(*), sum(expires <= ?),"
                      + " sum(length(payload)) FROM fact JOIN version ON fact.version = version.id"
                      + where(selection)
                      + " GROUP BY version.id ORDER BY dataset, uuid, last_database_edit")) {
            select.setLong(1, now());
            bind(select, 2, selection);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                kept.add(
                    new Kept(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getLong(6)));
              }
            }
          }
          return null;
        });
    return List.copyOf(kept);
  }

  private static String where(Selection selection) {
    return " WHERE true"
        + (selection.dataset() == null ? "" : " AND dataset = ?")
        + (selection.types().isEmpty()
            ? ""
            : " AND type IN " + placeholders(selection.types().size()));
  }

  private static void bind(PreparedStatement statement, int from, Selection selection)
      throws SQLException {
    int parameter = from;
    if (selection.dataset() != null) {
      statement.setString(parameter++, selection.dataset());
    }
    for (String type : selection.types()) {
      statement.setString(parameter++, type);
    }
  }

  /** Whoever clears a whole dataset, or all, clears what it says of itself, too. */
  @Override
  public long clear(Selection selection) {
    return locked(
        () -> {
          long removed =
              inTransaction(
                  () -> {
                    if (selection.types().isEmpty()) {
                      try (PreparedStatement delete =
                          connection.prepareStatement("DELETE FROM dataset" + where(selection))) {
                        bind(delete, 1, selection);
                        delete.executeUpdate();
                      }
                    }
                    long facts;
                    try (PreparedStatement delete =
                        connection.prepareStatement(
                            "DELETE FROM fact WHERE id IN (SELECT fact.id FROM fact"
                                + " JOIN version ON fact.version = version.id"
                                + where(selection)
                                + ")")) {
                      bind(delete, 1, selection);
                      facts = delete.executeUpdate();
                    }
                    execute("DELETE FROM version WHERE id NOT IN (SELECT version FROM fact)");
                    return facts;
                  });
          shrink();
          return removed;
        });
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

  private void closeAfter(Throwable failure) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Something done with the connection. */
  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T locked(Work<T> work) {
    lock.lock();
    try {
      if (ended != null) {
        throw ended;
      }
      return work.run();
    } catch (SQLException e) {
      UnusableCacheException failure = unusable(e);
      if (endsAtFirstFault || isDamage(e)) {
        ended = failure;
      }
      throw failure;
    } finally {
      lock.unlock();
    }
  }

  private <T> T lockedTransaction(Work<T> work) {
    return locked(() -> inTransaction(work));
  }

  /** Takes the right to write at once: one that reads first may find that it cannot write. */
  private <T> T inTransaction(Work<T> work) throws SQLException {
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

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // To its end: "execute" would stop at the first page that incremental_vacuum gives back.
      statement.executeUpdate(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /** What is damaged is closed and moved aside. */
  private UnusableCacheException unusable(SQLException cause) {
    if (!isDamage(cause)) {
      return new UnusableCacheException(file, reason(cause), cause);
    }
    closeAfter(cause);
    return new UnusableCacheException(file, files.damaged(reason(cause)), cause);
  }

  private static boolean isBusy(SQLException e) {
    return primary(e) == SQLiteErrorCode.SQLITE_BUSY || primary(e) == SQLiteErrorCode.SQLITE_LOCKED;
  }

  /** Where a bit of the schema is wrong, a table or a column of ours is missing, or is another. */
  private static boolean isDamage(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_NOTADB,
          SQLITE_CORRUPT,
          SQLITE_FORMAT,
          SQLITE_ERROR,
          SQLITE_SCHEMA,
          SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_TOOBIG ->
          true;
      default -> false;
    };
  }

  /** SQLite's codes have details in their upper bytes. */
  private static SQLiteErrorCode primary(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
  }

  private static String reason(SQLException e) {
    if (primary(e) == SQLiteErrorCode.SQLITE_NOTADB) {
      return "it is no database";
    }
    if (isDamage(e)) {
      return "it is damaged";
    }
    return switch (primary(e)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program has kept it locked for %d s".formatted(LONGEST_WAIT_SECONDS);
      case SQLITE_FULL -> "its disk is full";
      case SQLITE_IOERR -> "its disk is full or at fault";
      case SQLITE_READONLY, SQLITE_PERM -> "it cannot be written";
      case SQLITE_CANTOPEN -> "it cannot be opened";
      default -> String.valueOf(e.getMessage()).strip().replaceAll("\\.$", "");
    };
  }
}
