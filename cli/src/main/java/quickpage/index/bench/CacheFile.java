package quickpage.index.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The file of the cache between two runs, brought into the state that a scenario begins with.
 *
 * @param folder as {@code --cache} names it
 */
record CacheFile(Path folder) {

  /** Removes the facts of one type in {@code each}, as if they had never been fetched. */
  void forgetOneIn(int each) {
    change("DELETE FROM fact WHERE " + oneIn(each));
  }

  /** Ends the time of the facts of one type in {@code each}. */
  void expireOneIn(int each) {
    change("UPDATE fact SET expires = 1 WHERE " + oneIn(each));
  }

  /** At least one, however few there are. */
  private static String oneIn(int each) {
    return "(id - (SELECT min(id) FROM fact)) % " + each + " = 0";
  }

  private void change(String statement) {
    String address = "jdbc:sqlite:" + folder.resolve("facts.sqlite");
    try (Connection connection = DriverManager.getConnection(address);
        Statement change = connection.createStatement()) {
      if (change.executeUpdate(statement) == 0) {
        throw new IllegalStateException("the cache %s has no such facts".formatted(folder));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the cache %s cannot be changed".formatted(folder), e);
    }
  }
}
