package quickpage.index.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import quickpage.index.cache.CacheMaintenance;
import quickpage.index.cache.DatasetPayload;
import quickpage.index.cache.FactCache;
import quickpage.index.cache.FactPayload;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.TypeFacts;

/**
 * {@link FactCache} in one SQLite file, which several runs may use at the same time: readers wait
 * for nobody (write-ahead log), writers for each other, {@value CacheDatabase#LONGEST_WAIT_SECONDS}
 * s at most. Each write is a transaction, so a killed run leaves whole facts; after a power cut the
 * last ones may be missing, for only the log's way into the file is synced.
 *
 * <p>Whatever the file does not take or give ends in an {@link UnusableCacheException}. Each entry
 * has a checksum, so damage that SQLite does not see costs that entry; the file as a whole is not
 * checked when it is opened, which would take longer than reading it. Safe for use by several
 * threads.
 *
 * <p>Here facts are read and written. {@link CacheFiles} looks at the file before SQLite does and
 * moves it aside, {@link CacheDatabase} has the connection, {@link CacheSchema} the tables, and
 * {@link SqliteCacheMaintenance} counts and removes.
 */
public final class SqliteFactCache implements FactCache, CacheMaintenance, AutoCloseable {

  /** The file's name in the folder of the cache. */
  static final String FILE = "facts.sqlite";

  /** What the cache was before: DynamoDB Local's data of all credentials and regions. */
  private static final String FORMER_FILE = "shared-local-instance.db";

  /** Types that one statement asks for; more at once are not quicker. */
  private static final int TYPES_PER_READ = 500;

  /** How exactly it is noted when a version was asked for; noting it is a write. */
  private static final Duration ASKED_NOTED = Duration.ofDays(1);

  private final CacheDatabase database;
  private final Clock clock;
  private final SqliteCacheMaintenance maintenance;

  private SqliteFactCache(CacheDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.maintenance = new SqliteCacheMaintenance(database, clock);
  }

  /**
   * Opens the cache of a folder; both are made if they are missing.
   *
   * @throws UnusableCacheException if it is damaged (then it is moved aside), locked, of a newer
   *     format, no file or a link, or its disk is at fault
   */
  public static SqliteFactCache open(Path folder, Clock clock) {
    CacheDatabase database = CacheDatabase.open(folder.resolve(FILE), clock);
    try {
      SqliteFactCache cache = new SqliteFactCache(database, clock);
      CacheSchema.prepare(database);
      return cache;
    } catch (RuntimeException | Error e) {
      database.closeAfter(e);
      throw e;
    }
  }

  /** From now on the first fault is the last: whoever waits for the lock is not kept waiting. */
  SqliteFactCache endingAtFirstFault() {
    database.endAtFirstFault();
    return this;
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

  @Override
  public Found read(DatasetVersion version, Collection<String> types) {
    Map<String, byte[]> payloads = new HashMap<>();
    Set<String> expired = new HashSet<>();
    if (!types.isEmpty()) {
      database.locked(
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

  /** The number of a version, whose being asked for is noted; empty if nothing is kept of it. */
  private Optional<Long> versionId(DatasetVersion version) throws SQLException {
    long now = now();
    long id;
    try (PreparedStatement select =
        database.prepare(
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
    return database.inTransaction(
        () -> {
          database.execute("UPDATE version SET asked = %d WHERE id = %d".formatted(now, id));
          return Optional.of(id);
        });
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
          database.prepare(
              "SELECT type, expires, payload FROM fact WHERE version = ? AND type IN "
                  + CacheDatabase.placeholders(some.size()))) {
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
    database.lockedTransaction(
        () -> {
          long id = versionIdMade(version);
          try (PreparedStatement insert =
              database.prepare(
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
        database.prepare(
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

  private static void bind(PreparedStatement statement, DatasetVersion version)
      throws SQLException {
    statement.setString(1, version.dataset());
    statement.setString(2, version.uuid());
    statement.setString(3, version.lastDatabaseEdit());
  }

  /** What the facts of a type are kept for. */
  private static String[] key(DatasetVersion version, String type) {
    return new String[] {version.dataset(), version.uuid(), version.lastDatabaseEdit(), type};
  }

  @Override
  public Optional<DatasetFacts> dataset(String dataset) {
    Optional<byte[]> payload =
        database.locked(
            () -> {
              try (PreparedStatement select =
                  database.prepare(
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
    return database.lockedTransaction(
        () -> {
          try (PreparedStatement insert =
              database.prepare(
                  "INSERT OR REPLACE INTO dataset (dataset, expires, payload) VALUES (?, ?, ?)")) {
            insert.setString(1, facts.version().dataset());
            insert.setLong(2, expires);
            insert.setBytes(3, entry);
            return insert.executeUpdate() == 1;
          }
        });
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /** Removes what has expired and what nobody asks for; see {@link SqliteCacheMaintenance}. */
  void removeOld() {
    maintenance.removeOld();
  }

  @Override
  public List<Kept> stats(Selection selection) {
    return maintenance.stats(selection);
  }

  @Override
  public long clear(Selection selection) {
    return maintenance.clear(selection);
  }

  @Override
  public void close() {
    database.close();
  }
}
