package quickpage.index.deployed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is deployed, and the Java that it runs on there. */
final class DeployableJar {

  /** Made by {@code ./mvnw package}. */
  static final Path FILE =
      Path.of("../..")
          .toAbsolutePath()
          .normalize()
          .resolve("functions/target/quickpage-index-functions.jar");

  private DeployableJar() {}

  /** Puts its files into a folder, as Lambda does. */
  static void unpack(Path folder) throws IOException {
    try (ZipFile packed = new ZipFile(FILE.toFile())) {
      for (ZipEntry entry : packed.stream().filter(e -> !e.isDirectory()).toList()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = packed.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }

  /**
   * The executable of a JDK 25, from where JDKs are on Linux: the one that runs this, and the usual
   * folder.
   */
  static Optional<Path> java25() throws IOException {
    Stream<Path> installed = Stream.empty();
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> homes = Files.list(usual)) {
        installed = homes.sorted().toList().stream();
      }
    }
    return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), installed)
        .filter(DeployableJar::isJava25)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isJava25(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
    } catch (IOException e) {
      return false;
    }
  }
}
