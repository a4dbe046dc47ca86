package quickpage.index.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that a command will write, and make if it is missing. */
final class FolderToWrite {

  private FolderToWrite() {}

  /**
   * Before anything is started that would only fail later.
   *
   * @throws UsageException if it, or what it would be made in, is not a folder that can be written
   */
  static void check(String option, Path folder) {
    Path there = checkKind(option, folder);
    if (!Files.isWritable(there)) {
      throw new UsageException(
          "%s %s%s cannot be written.".formatted(option, folder, which(folder, there)));
    }
  }

  /**
   * The same for a folder that a command can do without when it cannot be written.
   *
   * @return the folder, or what it would be made in
   * @throws UsageException if that is not a folder
   */
  static Path checkKind(String option, Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new UsageException(
          "%s %s%s is not a folder.".formatted(option, folder, which(folder, there)));
    }
    return there;
  }

  /** Writes a file anew: what was there, and be it a link or a pipe, is replaced and not opened. */
  static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static String which(Path folder, Path there) {
    return there.equals(folder.toAbsolutePath().normalize()) ? "" : " cannot be made: " + there;
  }
}
