package quickpage.index.local;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean for the cache: https://www.sqlite.org/rescode.html. */
final class SqliteErrors {

  private SqliteErrors() {}

  /** Whether somebody else has what is asked for, so that it may be had later. */
  static boolean isBusy(SQLException e) {
    return primary(e) == SQLiteErrorCode.SQLITE_BUSY || primary(e) == SQLiteErrorCode.SQLITE_LOCKED;
  }

  /** Where a bit of the schema is wrong, a table or a column of ours is missing, or is another. */
  static boolean isDamage(SQLException e) {
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

  /** The end of a sentence about the cache's file, without a full stop. */
  static String reason(SQLException e) {
    if (primary(e) == SQLiteErrorCode.SQLITE_NOTADB) {
      return "it is no database";
    }
    if (isDamage(e)) {
      return "it is damaged";
    }
    return switch (primary(e)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program has kept it locked for %d s"
              .formatted(CacheDatabase.LONGEST_WAIT_SECONDS);
      case SQLITE_FULL -> "its disk is full";
      case SQLITE_IOERR -> "its disk is full or at fault";
      case SQLITE_READONLY, SQLITE_PERM -> "it cannot be written";
      case SQLITE_CANTOPEN -> "it cannot be opened";
      default -> String.valueOf(e.getMessage()).strip().replaceAll("\\.$", "");
    };
  }

  /** SQLite's codes have details in their upper bytes. */
  private static SQLiteErrorCode primary(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
  }
}
