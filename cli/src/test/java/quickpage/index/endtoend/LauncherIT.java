package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.io.BuildVersion;

/**
 * The launcher in a copy of the project that is built already, as far as it looks, and in a
 * release.
 */
@Tag("each-jdk")
class LauncherIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final String VERSION =
      "quickpage-index " + BuildVersion.current().sentence() + "\n";

  @TempDir private static Path shared;
  private static Path jar;

  /** In which no archive can be made. */
  private static Path jarWithoutTraining;

  /** Where an archive was made, which takes some seconds. */
  private static Path trained;

  private static Ended whenTrained;

  @TempDir private Path folder;

  private record Ended(int exitCode, String out, String err) {}

  /** Class data is archived of jars alone, and while tests run there are folders of classes. */
  @BeforeAll
  static void trainOnce() throws Exception {
    packClasses();
    trained = checkout(shared.resolve("trained"), jar);
    whenTrained = launch(trained, Map.of(), "--version");
  }

  private static void packClasses() throws IOException {
    List<String> libraries = new ArrayList<>();
    String own = null;
    for (String word : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path entry = Path.of(word).toAbsolutePath();
      if (!Files.exists(entry) || entry.endsWith("test-classes")) {
        continue;
      }
      if (Files.isDirectory(entry)) {
        if (Files.exists(entry.resolve("quickpage/index/cli/QuickpageIndex.class"))) {
          own = entry.toString();
          continue;
        }
        entry = pack(entry, shared.resolve("library-%d.jar".formatted(libraries.size())), "");
      }
      libraries.add(entry.toUri().toString());
    }
    String classPath = String.join(" ", libraries);
    jar = pack(Path.of(own), shared.resolve("cli.jar"), classPath);
    jarWithoutTraining =
        pack(
            Path.of(own),
            shared.resolve("untrained.jar"),
            classPath,
            name -> !name.contains("ClassArchiveTraining") && !name.startsWith("META-INF/"));
  }

  private static Path pack(Path classes, Path jar, String libraries) throws IOException {
    return pack(classes, jar, libraries, name -> !name.equals("META-INF/MANIFEST.MF"));
  }

  private static Path pack(Path classes, Path jar, String libraries, Predicate<String> packed)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, "quickpage.index.cli.QuickpageIndex");
    attributes.put(Attributes.Name.CLASS_PATH, libraries);
    attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
        if (packed.test(name)) {
          out.putNextEntry(new JarEntry(name));
          Files.copy(each, out);
        }
      }
    }
    return jar;
  }

  private static Path checkout(Path home, Path program) throws IOException {
    Path target = home.resolve("cli/target");
    put(home, target, program);
    Path sources = Files.createDirectories(home.resolve("cli/src/launcher"));
    Files.copy(PROJECT.resolve("cli/src/launcher/checkout.bash"), sources.resolve("checkout.bash"));
    Files.createFile(target.resolve("built"));
    return home;
  }

  private static Path release(Path home) throws IOException {
    put(home, home.resolve("cli"), jar);
    return home;
  }

  private static void put(Path home, Path folder, Path program) throws IOException {
    Files.createDirectories(folder);
    Files.copy(PROJECT.resolve("quickpage-index"), home.resolve("quickpage-index"));
    assertThat(home.resolve("quickpage-index").toFile().setExecutable(true)).isTrue();
    Files.copy(program, folder.resolve("quickpage-index-cli.jar"));
  }

  private static Ended launch(Path home, Map<String, String> environment, String... arguments)
      throws Exception {
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    List<String> command = new ArrayList<>(List.of(home.resolve("quickpage-index").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("NEUPRINT_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("The launcher did not end: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static void answersWithoutAWord(Path home) throws Exception {
    Ended version = launch(home, Map.of(), "--version");

    assertThat(version.err()).isEmpty();
    assertThat(version.out()).isEqualTo(VERSION);
    assertThat(version.exitCode()).isZero();
  }

  private static Path archive(Path home) throws IOException {
    return archiveIn(home.resolve("cli/target"));
  }

  private static Path archiveIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().startsWith("classes-")
                      && !file.toString().endsWith(".log")
                      && !file.toString().endsWith(".size"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String log(Path archive) {
    try {
      return Files.readString(archive.resolveSibling(archive.getFileName() + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void makesAnArchiveOnceAndReadsItsClassesFromIt() throws Exception {
    Path archive = archive(trained);

    assertThat(whenTrained.out()).isEqualTo(VERSION);
    assertThat(whenTrained.err())
        .isEqualToIgnoringNewLines("Preparing a quick start with this JDK …");
    assertThat(archive).as(() -> log(archive)).isNotEmptyFile();
    answersWithoutAWord(trained);
    Path loaded = folder.resolve("loaded");
    launch(trained, Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded), "--version");
    assertThat(Files.readAllLines(loaded))
        .anySatisfy(
            line ->
                assertThat(line).contains("quickpage.index.cli.PreparedAnswer", "shared objects"));
  }

  @Test
  void usesNoDamagedArchiveAndSaysNothing() throws Exception {
    Path archive = archive(trained);
    byte[] whole = Files.readAllBytes(archive);
    try {
      for (byte[] damaged :
          List.of(
              "no archive".getBytes(StandardCharsets.UTF_8),
              new byte[100_000],
              Arrays.copyOf(whole, whole.length / 2),
              withZeros(whole))) {
        replace(archive, damaged);
        answersWithoutAWord(trained);
      }
    } finally {
      replace(archive, whole);
    }
  }

  private static void replace(Path archive, byte[] content) throws IOException {
    Files.delete(archive);
    Files.write(archive, content);
  }

  /** As long as before. */
  private static byte[] withZeros(byte[] whole) {
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, whole.length / 2, whole.length / 2 + 100_000, (byte) 0);
    return damaged;
  }

  @Test
  void usesNoArchiveOfOtherClassesAndSaysNothing() throws Exception {
    Path own = trained.resolve("cli/target/quickpage-index-cli.jar");
    FileTime packed = Files.getLastModifiedTime(own);
    try {
      // Another time of the jar is another jar to the JVM.
      Files.setLastModifiedTime(own, FileTime.fromMillis(1_000_000_000_000L));
      answersWithoutAWord(trained);
    } finally {
      Files.setLastModifiedTime(own, packed);
    }
  }

  @Test
  void worksWhereNoArchiveCanBeMadeAndTriesItOnce() throws Exception {
    Path home = checkout(folder.resolve("without-training"), jarWithoutTraining);

    Ended first = launch(home, Map.of(), "--version");

    assertThat(first.out()).isEqualTo(VERSION);
    assertThat(archive(home)).isEmptyFile();
    answersWithoutAWord(home);
  }

  @Test
  void worksInAFolderThatCannotBeWritten() throws Exception {
    Path home = checkout(folder.resolve("read-only"), jar);
    Path target = home.resolve("cli/target");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(target), "the user may write everywhere");
      answersWithoutAWord(home);
    } finally {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aReleaseIsNotBuiltAndKeepsItsArchiveBesideItsJar() throws Exception {
    Path home = release(folder.resolve("release"));

    Ended first = launch(home, Map.of(), "--version");

    assertThat(first.out()).isEqualTo(VERSION);
    assertThat(first.err()).isEqualToIgnoringNewLines("Preparing a quick start with this JDK …");
    assertThat(archiveIn(home.resolve("cli"))).isNotEmptyFile();
    answersWithoutAWord(home);
  }

  @Test
  void aReleaseThatCannotBeWrittenKeepsItsArchiveInTheUsersCache() throws Exception {
    Path home = release(folder.resolve("release"));
    Path program = home.resolve("cli");
    Path cache = folder.resolve("cache");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(program), "the user may write everywhere");
      launch(home, Map.of("XDG_CACHE_HOME", cache.toString()), "--version");
      try (Stream<Path> made = Files.walk(cache)) {
        assertThat(made).anyMatch(file -> file.getFileName().toString().startsWith("classes-"));
      }
    } finally {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aReleaseWithoutTheSandboxSaysWhichArchiveHasIt() throws Exception {
    Path home = release(folder.resolve("release"));

    for (String command : List.of("demo", "sandbox", "bench")) {
      Ended ended = launch(home, Map.of(), command);
      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).contains("quickpage-index-demo");
      assertThat(ended.out()).isEmpty();
    }
    assertThat(folder.resolve("quickpage-demo")).doesNotExist();
  }
}
