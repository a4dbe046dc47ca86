package quickpage.index.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder of pages. */
final class TestSite {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Pages that no type stands behind, and files that are no pages; not one of them may matter. */
  static final List<String> STRANGE =
      List.of(
          "Nobody01.html",
          "Nobody01_L.html",
          "Nobody02_R.html",
          "_L.html",
          "nobody(y4>y1).html",
          "nobody-ü.html",
          "no body.html",
          "main.html",
          "Main_L.html",
          "INDEX_r.html",
          "index_R.html",
          "notes.txt",
          "x.htm");

  private final Path root;
  private final String folder;

  /**
   * A site without pages.
   *
   * @param folder of the pages: {@code types/} or empty
   */
  TestSite(Path root, String folder) {
    this.root = root;
    this.folder = folder;
    make(pageFolder());
  }

  /** Pages of most types, for both sides and the middle where there are such neurons. */
  static TestSite of(RawDataset dataset, Path root, String folder) {
    TestSite site = new TestSite(root, folder);
    int number = 0;
    for (String type : dataset.types()) {
      number++;
      boolean awkward = !type.matches("[A-Za-z]+[0-9]+[a-z]?");
      if (awkward || number % 7 != 3) {
        site.addPages(dataset, type);
      }
    }
    STRANGE.forEach(site::add);
    site.write("static/css/old.css", "body {}");
    site.write(folder + "old/Nobody03.html", "not directly in the folder");
    return site;
  }

  void addPages(RawDataset dataset, String type) {
    String stem = type.replace('/', '_').replace(' ', '_');
    TreeSet<String> sides = new TreeSet<>();
    dataset.neuronsOf(type).forEach(neuron -> sides.add(ReferenceSides.of(dataset, neuron)));
    add(stem + ".html");
    sides.stream()
        .filter(side -> !side.equals("?"))
        .forEach(side -> add(stem + "_" + side + ".html"));
  }

  void add(String fileName) {
    write(folder + fileName, "<!doctype html><title>page</title>");
  }

  void write(String path, String text) {
    try {
      make(root.resolve(path).getParent());
      Files.writeString(root.resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return root;
  }

  private Path pageFolder() {
    return folder.isEmpty() ? root : root.resolve(folder);
  }

  /** The pages as the reference places them. */
  ReferencePages pages(RawDataset dataset) {
    return pages(dataset.types());
  }

  ReferencePages pages(Set<String> types) {
    try (Stream<Path> files = Files.list(pageFolder())) {
      return new ReferencePages(
          folder,
          files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList(),
          types);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode index() {
    return json("data/index.json");
  }

  JsonNode json(String path) {
    try {
      return JSON.readTree(text(path));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file with its bytes. */
  static Map<String, byte[]> bytes(Path root) {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** Every folder and file, each file with a hash of its bytes: equal only if nothing changed. */
  static Map<String, Integer> listing(Path root) {
    Map<String, Integer> listing = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        listing.put(
            root.relativize(file).toString(),
            Files.isDirectory(file) ? 0 : Arrays.hashCode(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return listing;
  }

  /**
   * Names what is there, missing or different in a folder since it was listed; empty if nothing.
   */
  static List<String> changes(Path root, Map<String, Integer> before) {
    Map<String, Integer> now = listing(root);
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(now.keySet());
    return paths.stream().filter(path -> !Objects.equals(before.get(path), now.get(path))).toList();
  }

  /** What readers see: everything outside {@code .quickpage-index/}, the time of the run masked. */
  Map<String, String> published() {
    String generatedAt = index().get("generatedAt").asText();
    String spaced = generatedAt.substring(0, 10) + " " + generatedAt.substring(11, 19);
    Map<String, String> published = new TreeMap<>();
    bytes(root)
        .forEach(
            (path, bytes) -> {
              if (!path.startsWith(".quickpage-index")) {
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                published.put(path, text.replace(generatedAt, "TIME").replace(spaced, "TIME"));
              }
            });
    return published;
  }

  /** A copy with its index and all that was kept of earlier runs. */
  TestSite copyTo(Path target) {
    copy(root, target);
    return new TestSite(target, folder);
  }

  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
