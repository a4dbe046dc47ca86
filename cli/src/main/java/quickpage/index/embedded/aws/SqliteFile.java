package quickpage.index.embedded.aws;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import java.io.File;

/**
 * DynamoDB Local's SQLite file without its fsync after every item, which costs a minute where the
 * work takes seconds (11,700 items), and with a write-ahead log and one lock for all, which spares
 * each item a lock and a rollback journal of its own. A killed process corrupts nothing: what was
 * written is with the operating system. Only a power cut can do harm.
 */
final class SqliteFile extends SQLiteDBAccess {
  SqliteFile(File file) {
    super(file);
    queue
        .execute(
            new SQLiteJob<Void>() {
              @Override
              protected Void job(SQLiteConnection connection) throws SQLiteException {
                connection.exec("PRAGMA locking_mode=EXCLUSIVE");
                connection.exec("PRAGMA journal_mode=WAL");
                connection.exec("PRAGMA synchronous=OFF");
                return null;
              }
            })
        .complete();
  }

  /** Waits until the file is let go of: whoever opens it next would find it locked. */
  @Override
  public void close() {
    super.close();
    try {
      queue.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
