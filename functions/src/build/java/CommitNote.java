import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Notes the commit that is built: its short hash, with "-dirty" if files were changed since, or
 * "unknown" outside a Git repository or without Git. The file is written only if it says something
 * else than before, so that nothing is packed or compiled anew for it.
 *
 * <pre>java CommitNote.java PROJECT FILE</pre>
 */
final class CommitNote {

  /** As {@code git describe} prints a commit without its tags. */
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}(-dirty)?");

  private CommitNote() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[1]);
    String note = commit(Path.of(arguments[0])) + "\n";
    if (!Files.exists(file) || !Files.readString(file).equals(note)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, note);
    }
  }

  private static String commit(Path project) throws InterruptedException {
    // Sources that were unpacked within another repository are not of its commit.
    if (!Files.exists(project.resolve(".git"))) {
      return "unknown";
    }
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=7", "--exclude=*")
              .directory(project.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 && COMMIT.matcher(said).matches() ? said : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
