package quickpage.index.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import quickpage.index.cli.ClassArchiveTraining;
import quickpage.index.cli.QuickpageIndex;

/**
 * How tests start the command line: from its jar and with an archive of its classes, as the
 * launcher does, for hundreds of processes start in these tests. Where the jar is older than the
 * classes, as in a development environment, the test's own class path is taken.
 */
final class BuiltCommand {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** As the manifest of the jar says, which a class path knows nothing of. */
  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED");

  private static final List<String> WORDS = find();

  private BuiltCommand() {}

  /** The words before the arguments. */
  static List<String> words() {
    return WORDS;
  }

  private static List<String> find() {
    try {
      Path classes =
          Path.of(QuickpageIndex.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path jar = classes.resolveSibling("quickpage-index-cli.jar");
      if (!Files.isDirectory(classes) || !isFresh(jar, classes)) {
        return command(List.of(), System.getProperty("java.class.path"));
      }
      Optional<Path> archive = archive(jar);
      return command(
          archive
              .map(file -> List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off"))
              .orElse(List.of()),
          jar.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(List<String> more, String classPath) {
    return Stream.of(
            List.of(JAVA), FLAGS, more, List.of("-cp", classPath, QuickpageIndex.class.getName()))
        .flatMap(List::stream)
        .toList();
  }

  private static boolean isFresh(Path jar, Path classes) throws IOException {
    if (!Files.exists(jar)) {
      return false;
    }
    FileTime packed = Files.getLastModifiedTime(jar);
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(packed) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Made once for a jar and a JDK, by the first process of the tests. */
  private static Optional<Path> archive(Path jar) throws IOException, InterruptedException {
    String name = "test-classes-archive-" + System.getProperty("java.vm.version").replace('+', '-');
    Path archive = jar.resolveSibling(name);
    try (FileChannel lock =
        FileChannel.open(
            jar.resolveSibling(name + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock.lock();
      if (!Files.exists(archive)
          || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
        Path made = jar.resolveSibling(name + ".new");
        Files.deleteIfExists(made);
        train(jar, made);
        if (!Files.exists(made)) {
          return Optional.empty();
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
      }
      return Optional.of(archive);
    }
  }

  private static void train(Path jar, Path archive) throws IOException, InterruptedException {
    List<String> words =
        Stream.of(
                List.of(JAVA),
                FLAGS,
                List.of(
                    "-XX:ArchiveClassesAtExit=" + archive,
                    "-cp",
                    jar.toString(),
                    ClassArchiveTraining.class.getName()))
            .flatMap(List::stream)
            .toList();
    ProcessBuilder training =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    training.environment().put("NEUPRINT_APPLICATION_CREDENTIALS", "training");
    Process process = training.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
  }
}
