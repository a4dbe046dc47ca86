package quickpage.index.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What this build is made from.
 *
 * @param number the <a href="https://semver.org">semantic version</a>, which the jar's manifest
 *     has; "unpacked" for classes that are in no jar
 * @param commit the short hash, with "-dirty" if files were changed since; "unknown" if it was
 *     built outside a Git repository or without Git
 */
public record BuildVersion(String number, String commit) {

  /** Of this very build. */
  public static BuildVersion current() {
    String number = BuildVersion.class.getPackage().getImplementationVersion();
    return new BuildVersion(number == null ? "unpacked" : number, notedCommit());
  }

  private static String notedCommit() {
    try (InputStream in = BuildVersion.class.getResourceAsStream("commit.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the commit of this build cannot be read", e);
    }
  }

  /** For people: {@code 1.0.0 (commit 1a2b3c4)}. */
  public String sentence() {
    return "%s (commit %s)".formatted(number, commit);
  }

  /** One word, the commit as a semantic version's build metadata: {@code 1.0.0+1a2b3c4}. */
  public String word() {
    return number + "+" + commit;
  }
}
