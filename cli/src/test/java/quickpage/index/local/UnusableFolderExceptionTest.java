package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.endtoend.CommandLineProcess;

/** A folder that cannot be used is told in one sentence. */
class UnusableFolderExceptionTest {
  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "x");
  }

  private CommandLineProcess.Ended run(Path cache) {
    return command(
        "run",
        "--site",
        folder.toString(),
        "--cache",
        cache.toString(),
        "--server",
        "http://127.0.0.1:1",
        "--dataset",
        "x:v1");
  }

  private static CommandLineProcess.Ended command(String... words) {
    return CommandLineProcess.start(Map.of("NEUPRINT_TOKEN", "x"), words).end();
  }

  private static void assertEnded(CommandLineProcess.Ended ended, int exitCode, String sentence) {
    assertThat(ended.err().strip()).isEqualTo(sentence);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void aRunIsNotBegunWithACacheThatIsAFile() throws IOException {
    Path file = file("cache");

    assertEnded(run(file), 2, "--cache %s is not a folder.".formatted(file));
    assertThat(folder.resolve(".quickpage-index")).doesNotExist();
  }

  @Test
  void norWithOneThatWouldBeMadeInAFile() throws IOException {
    Path file = file("file");
    Path cache = file.resolve("cache");

    assertEnded(
        run(cache), 2, "--cache %s cannot be made: %s is not a folder.".formatted(cache, file));
  }

  @Test
  void aSiteWhoseOwnFolderIsAFileIsRefused() throws IOException {
    Path file = file(".quickpage-index");

    assertEnded(
        run(folder.resolve("cache")),
        1,
        "The folder %s cannot be used: %s is not a folder.".formatted(folder, file));
  }

  @Test
  void aDemoIsNotBegunInAFile() throws IOException {
    Path file = file("demo");

    assertEnded(
        command("demo", "--out", file.toString()), 2, "--out %s is not a folder.".formatted(file));
  }

  @Test
  void norWithACacheThatIsAFile() throws IOException {
    Path file = file("cache");

    assertEnded(
        command("demo", "--out", folder.resolve("demo").toString(), "--cache", file.toString()),
        2,
        "--cache %s is not a folder.".formatted(file));
  }

  @Test
  void whatJavaSaysWithAPathAloneIsSaidInWords() {
    Path cache = Path.of("/cache");

    assertThat(UnusableFolderException.sentence(cache, new AccessDeniedException("/cache/lock")))
        .isEqualTo("The folder /cache cannot be used: permission is denied for /cache/lock.");
    assertThat(UnusableFolderException.sentence(cache, new NoSuchFileException("/cache/lock")))
        .isEqualTo("The folder /cache cannot be used: there is no /cache/lock.");
    assertThat(UnusableFolderException.sentence(cache, new IOException("No space left on device.")))
        .isEqualTo("The folder /cache cannot be used: No space left on device.");
    assertThat(UnusableFolderException.sentence(cache, new IOException()))
        .isEqualTo("The folder /cache cannot be used: IOException.");
  }
}
