package quickpage.index.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import quickpage.index.json.Json;

/**
 * What runs keep for themselves in a site on this machine: a folder for each of the last ones.
 *
 * @param site the folder that runs publish in
 */
record RunFolders(Path site) {

  /** They are small, but nobody else removes them here; the reports of the last ones stay. */
  private static final int KEPT = 5;

  /** What a run was told that its report does not say, for it is of this machine alone. */
  private static final String HERE = "here.json";

  private static final String REFERENCES = "references";

  private Path of(String run) {
    return all().resolve(run);
  }

  /** One run's report, be it there or not. */
  Path report(String run) {
    return of(run).resolve("report.json");
  }

  /** Names of runs, the newest first; none where the folders cannot be listed. */
  List<String> newestFirst() {
    try {
      return list();
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<String> list() throws IOException {
    if (!Files.isDirectory(all())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /**
   * Keeps the bibliography that a run was given.
   *
   * @param references the file; null if it was given none, which needs no record
   */
  void keepReferences(String run, Path references) throws IOException {
    if (references != null) {
      OwnFiles.refuseLinks(site, of(run).resolve(HERE));
      Files.write(
          of(run).resolve(HERE),
          Json.bytes(JsonNodeFactory.instance.objectNode().put(REFERENCES, references.toString())));
    }
  }

  /** The bibliography that a run was given; empty if it had none, or its record is damaged. */
  Optional<Path> references(String run) {
    Path file = of(run).resolve(HERE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode path = Json.MAPPER.readTree(file.toFile()).path(REFERENCES);
      return path.isTextual() ? Optional.of(Path.of(path.textValue())) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Removes all but the last ones. */
  void forgetOld(String current) throws IOException {
    OwnFiles.refuseLinks(site, all());
    for (String run :
        list().stream().filter(name -> !name.equals(current)).skip(KEPT - 1).toList()) {
      forget(run);
    }
  }

  /** Removes one run's. */
  void forget(String run) throws IOException {
    Path folder = of(run);
    if (FileKind.of(folder) == FileKind.MISSING) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Sites are often published from a repository, where what runs keep has no business. */
  void keepOutOfGit() throws IOException {
    Path file = site.resolve(OwnFiles.FOLDER).resolve(".gitignore");
    if (Files.isDirectory(all()) && !Files.exists(file)) {
      Files.writeString(
          file, "# What quickpage-index keeps for itself; readers need none of it.\n*\n");
    }
  }

  private Path all() {
    return site.resolve(OwnFiles.RUNS);
  }
}
