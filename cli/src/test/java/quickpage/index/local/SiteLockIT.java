package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.error.RefusedException;

@Tag("each-jdk")
class SiteLockIT {

  @TempDir private Path site;

  /** A process of its own that asks for the lock. */
  private static final class Other implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    Other(Path site, String run) throws IOException {
      String classPath =
          Stream.of(SiteLock.class, LockHolder.class, RefusedException.class)
              .map(Other::location)
              .collect(Collectors.joining(File.pathSeparator));
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  classPath,
                  LockHolder.class.getName(),
                  site.toString(),
                  run)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String location(Class<?> type) {
      try {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    String says() throws IOException {
      return output.readLine();
    }

    long pid() {
      return process.pid();
    }

    /** As {@code kill -9} does. */
    void kill() {
      process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      process.onExit().join();
    }
  }

  @Test
  void aSecondProcessIsRefusedAndToldOfTheFirst() throws IOException {
    try (SiteLock first = SiteLock.take(site, "run-1");
        Other second = new Other(site, "run-2")) {
      assertThat(second.says())
          .startsWith("Another run is at work in %s: run-1, process ".formatted(site))
          .contains("process %d, since 20".formatted(ProcessHandle.current().pid()))
          .endsWith("Z. Wait until it has ended.");
      assertThat(first).isNotNull();
    }
  }

  @Test
  void whoeverIsHeldOffByAnotherProcessIsToldOfIt() throws IOException {
    try (Other first = new Other(site, "run-1")) {
      assertThat(first.says()).startsWith("held");

      assertThatThrownBy(() -> SiteLock.take(site, "run-2"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("run-1, process %d".formatted(first.pid()));
    }
    SiteLock.take(site, "run-3").close();
  }

  @Test
  void aKilledRunLeavesNothingToWaitFor() throws IOException {
    Other first = new Other(site, "run-1");
    assertThat(first.says()).startsWith("held");
    first.kill();
    assertThat(site.resolve(".quickpage-index/lock")).exists();

    SiteLock.take(site, "run-2").close();

    assertThat(site).isEmptyDirectory();
  }

  @Test
  void aSecondRunInTheSameProcessIsRefusedAndDoesNotOpenTheDoor() throws IOException {
    try (SiteLock first = SiteLock.take(site, "run-1")) {
      assertThatThrownBy(() -> SiteLock.take(site, "run-2"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("run-1, process");
      assertThatThrownBy(() -> SiteLock.take(site.resolve("../" + site.getFileName()), "run-2"))
          .isInstanceOf(RefusedException.class);

      try (Other third = new Other(site, "run-3")) {
        assertThat(third.says()).startsWith("Another run is at work").contains("run-1");
      }
      assertThat(first).isNotNull();
    }
  }

  @Test
  void theLockGoesWithItsRunAndWhatTheRunHasLeftStays() throws IOException {
    try (SiteLock lock = SiteLock.take(site, "run-1")) {
      Files.writeString(site.resolve(".quickpage-index/kept"), "x");
      assertThat(lock).isNotNull();
    }

    assertThat(site.resolve(".quickpage-index")).isDirectoryContaining("glob:**/kept");
    assertThat(site.resolve(".quickpage-index/lock")).doesNotExist();
  }

  @Test
  void runsThatFollowEachOtherClosely() throws IOException {
    try (Other other = new Other(site, "run-0")) {
      assertThat(other.says()).startsWith("held");
    }
    for (int i = 1; i <= 50; i++) {
      SiteLock.take(site, "run-" + i).close();
    }
    assertThat(site).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(site.resolve("file"), "x");

    assertThatThrownBy(() -> SiteLock.take(file, "run-1"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The folder %s cannot be used: ".formatted(file));
  }
}
