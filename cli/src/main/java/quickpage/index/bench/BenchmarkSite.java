package quickpage.index.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import quickpage.index.site.pages.TypeFileName;

/** A folder with a combined page, a left and a right one for each type of the dataset. */
final class BenchmarkSite {
  private final Path root;
  private final Set<Path> pages = new HashSet<>();
  private final List<String> types;

  private BenchmarkSite(Path root, List<String> types) {
    this.root = root;
    this.types = types;
  }

  /** Writes the pages, where a type's name can be a file's. */
  static BenchmarkSite write(BenchmarkServer server, Path root) {
    Stream.Builder<String> types = Stream.builder();
    for (JsonNode row :
        server.query("MATCH (n:Neuron) WHERE n.type IS NOT NULL RETURN DISTINCT n.type")) {
      types.add(row.path(0).asText());
    }
    BenchmarkSite site = new BenchmarkSite(root, types.build().sorted().toList());
    try {
      Path folder = Files.createDirectories(root.resolve("types"));
      for (String type : site.types) {
        for (String suffix : List.of("", "_L", "_R")) {
          String name = TypeFileName.of(type) + suffix + ".html";
          if (name.getBytes(StandardCharsets.UTF_8).length <= 255 && name.indexOf('\0') < 0) {
            site.pages.add(Files.writeString(folder.resolve(name), "<!doctype html>\n"));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no pages can be written in " + root, e);
    }
    return site;
  }

  Path root() {
    return root;
  }

  /** How many. */
  int pages() {
    return pages.size();
  }

  /** All types of the dataset, sorted by name. */
  List<String> types() {
    return types;
  }

  /** Leaves the pages alone, as before the first run. */
  void removePublications() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean folderOfPages = file.equals(root) || file.equals(root.resolve("types"));
        if (!folderOfPages && !pages.contains(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the site cannot be cleared: " + root, e);
    }
  }
}
