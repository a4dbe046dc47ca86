package quickpage.index.local;

import java.io.IOException;
import java.nio.file.Path;
import quickpage.index.error.RefusedException;

/**
 * Another process that wants a site's lock: says what it gets, and holds it until its input ends.
 */
public final class LockHolder {

  private LockHolder() {}

  /** The folder and the run's name. */
  public static void main(String[] arguments) throws IOException {
    try (SiteLock lock = SiteLock.take(Path.of(arguments[0]), arguments[1])) {
      System.out.println("held " + lock.hashCode());
      while (System.in.read() >= 0) {
        // Until the parent closes its end, or ends.
      }
    } catch (RefusedException e) {
      System.out.println(e.getMessage());
    }
  }
}
