package quickpage.index.local;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quickpage.index.cache.CacheMaintenance;

/** What a {@link SqliteFactCache} has, and removing what is old or was chosen. */
final class SqliteCacheMaintenance implements CacheMaintenance {

  /** Facts of a version that nobody has asked for in this time are removed. */
  private static final Duration VERSION_KEPT = Duration.ofDays(30);

  private final CacheDatabase database;
  private final Clock clock;

  /** Epoch seconds. */
  private final long openedAt;

  /** Of a database that was opened just now. */
  SqliteCacheMaintenance(CacheDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.openedAt = now();
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /**
   * Removes what was past its time when the cache was opened, so that each run can tell what has
   * expired, and versions that nobody has asked for in 30 days; the file shrinks by it. Does
   * nothing while another run writes: that one, or the next, will do it.
   */
  void removeOld() {
    long forgotten = openedAt - VERSION_KEPT.toSeconds();
    try {
      database.locked(
          () -> {
            if (hasOld(forgotten)) {
              database.inTransaction(
                  () -> {
                    deleteOld(forgotten);
                    return null;
                  });
              shrink();
            }
            return null;
          });
    } catch (UnusableCacheException e) {
      if (!(e.getCause() instanceof SQLException cause) || !SqliteErrors.isBusy(cause)) {
        throw e;
      }
    }
  }

  private boolean hasOld(long forgotten) throws SQLException {
    return database.number(
            "SELECT EXISTS (SELECT 1 FROM fact WHERE expires <= %d)".formatted(openedAt)
                + " OR EXISTS (SELECT 1 FROM dataset WHERE expires <= %d)".formatted(openedAt)
                + " OR EXISTS (SELECT 1 FROM version WHERE asked <= %d)".formatted(forgotten))
        != 0;
  }

  private void deleteOld(long forgotten) throws SQLException {
    database.execute("DELETE FROM dataset WHERE expires <= " + openedAt);
    database.execute(
        "DELETE FROM fact WHERE expires <= %d".formatted(openedAt)
            + " OR version IN (SELECT id FROM version WHERE asked <= %d)".formatted(forgotten));
    database.execute("DELETE FROM version WHERE asked <= " + forgotten);
  }

  private void shrink() throws SQLException {
    database.execute("PRAGMA incremental_vacuum");
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public List<Kept> stats(Selection selection) {
    List<Kept> kept = new ArrayList<>();
    database.locked(
        () -> {
          try (PreparedStatement select =
              database.prepare(
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

  /** Whoever clears a whole dataset, or all, clears what it says of itself, too. */
  @Override
  public long clear(Selection selection) {
    return database.locked(
        () -> {
          long removed =
              database.inTransaction(
                  () -> {
                    if (selection.types().isEmpty()) {
                      delete("DELETE FROM dataset" + where(selection), selection);
                    }
                    long facts =
                        delete(
                            "DELETE FROM fact WHERE id IN (SELECT fact.id FROM fact"
                                + " JOIN version ON fact.version = version.id"
                                + where(selection)
                                + ")",
                            selection);
                    database.execute(
                        "DELETE FROM version WHERE id NOT IN (SELECT version FROM fact)");
                    return facts;
                  });
          shrink();
          return removed;
        });
  }

  private long delete(String sql, Selection selection) throws SQLException {
    try (PreparedStatement delete = database.prepare(sql)) {
      bind(delete, 1, selection);
      return delete.executeUpdate();
    }
  }

  private static String where(Selection selection) {
    return " WHERE true"
        + (selection.dataset() == null ? "" : " AND dataset = ?")
        + (selection.types().isEmpty()
            ? ""
            : " AND type IN " + CacheDatabase.placeholders(selection.types().size()));
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
}
