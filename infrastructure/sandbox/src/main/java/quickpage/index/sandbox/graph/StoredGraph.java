package quickpage.index.sandbox.graph;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quickpage.index.sandbox.connectome.RefusedInputException;

/**
 * A folder with a loaded graph and, beside it, what it was made from.
 *
 * <p>{@code loading.json} stands there from before the first node is written; it is renamed to
 * {@code loaded.json} when everything is in. So a load that was interrupted is seen as such, and
 * done again. A store whose origin differs from what is asked for is never used, nor deleted.
 */
public final class StoredGraph {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOADING = "loading.json";
  private static final String LOADED = "loaded.json";
  private static final String TYPES = "(types)";
  private static final String NEURONS = "(neurons)";

  private final Path folder;
  private final Map<String, Object> origin;

  private StoredGraph(Path folder, Map<String, Object> origin) {
    this.folder = folder;
    this.origin = origin;
  }

  /**
   * The store in a folder, which may not be there yet.
   *
   * @param origin see {@link quickpage.index.sandbox.connectome.Connectome#origin}
   */
  public static StoredGraph at(Path folder, Map<String, Object> origin) {
    return new StoredGraph(folder, Map.copyOf(origin));
  }

  /** Where Neo4j's own files are. */
  public Path graphFolder() {
    return folder.resolve("graph");
  }

  /**
   * What the folder holds: the finished load of exactly this origin, or nothing yet.
   *
   * @throws RefusedInputException if it holds anything else
   */
  public Optional<GraphLoader.Loaded> loaded() throws IOException {
    Path loaded = folder.resolve(LOADED);
    if (Files.exists(loaded)) {
      Map<String, Object> found = read(loaded);
      int types = ((Number) found.remove(TYPES)).intValue();
      long neurons = ((Number) found.remove(NEURONS)).longValue();
      refuseDifferences(found);
      return Optional.of(new GraphLoader.Loaded(types, neurons));
    }
    if (Files.exists(folder.resolve(LOADING)) || isEmptyOrAbsent()) {
      return Optional.empty();
    }
    throw new RefusedInputException(
        "The folder " + folder + " is not empty and holds no store of the sandbox: name another.");
  }

  private void refuseDifferences(Map<String, Object> found) {
    Set<String> names = new LinkedHashSet<>(found.keySet());
    names.addAll(origin.keySet());
    StringBuilder differences = new StringBuilder();
    for (String name : names) {
      String there = String.valueOf(found.getOrDefault(name, "none"));
      String asked = String.valueOf(origin.getOrDefault(name, "none"));
      if (!there.equals(asked)) {
        differences
            .append(differences.isEmpty() ? "" : "; ")
            .append(name + " is " + there + " there and " + asked + " here");
      }
    }
    if (!differences.isEmpty()) {
      throw new RefusedInputException(
          "The store in "
              + folder
              + " was made from something else ("
              + differences
              + "): ask for the same, or name another folder.");
    }
  }

  /** Empties the folder of what an interrupted load left, and notes that a load is under way. */
  public void beginLoading() throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve(LOADING).toFile(), origin);
    Files.deleteIfExists(folder.resolve(LOADED));
    delete(graphFolder());
  }

  /** Notes that everything is in. */
  public void finishLoading(GraphLoader.Loaded loaded) throws IOException {
    Map<String, Object> note = new LinkedHashMap<>(origin);
    note.put(TYPES, loaded.types());
    note.put(NEURONS, loaded.neurons());
    JSON.writeValue(folder.resolve(LOADING).toFile(), note);
    Files.move(folder.resolve(LOADING), folder.resolve(LOADED), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Notes that the store is about to be changed, so that it is loaded anew next time. */
  public void forget() throws IOException {
    Files.move(folder.resolve(LOADED), folder.resolve(LOADING), StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean isEmptyOrAbsent() throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static Map<String, Object> read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  /** Deletes a folder with all in it, if there is one. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
