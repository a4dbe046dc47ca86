package quickpage.index.sandbox.connectome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A dataset from a table of neurons and a JSON file of the Meta node's properties. */
public final class CsvConnectome implements Connectome {
  private static final Set<String> WHOLE_NUMBERS =
      Set.of(
          "bodyId", "pre", "post", "upstream", "downstream", "size", "celltypeTotalNtPredictions");
  private static final Set<String> DECIMALS =
      Set.of("celltypePredictedNtConfidence", "predictedNtProb");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path csv;
  private final DatasetName name;
  private final Map<String, Object> meta;
  private final Map<String, Object> origin;

  private CsvConnectome(
      Path csv, DatasetName name, Map<String, Object> meta, Map<String, Object> origin) {
    this.csv = csv;
    this.name = name;
    this.meta = meta;
    this.origin = origin;
  }

  /**
   * Reads the Meta file; the table is read when its neurons are asked for.
   *
   * @param dataset instead of the Meta file's own {@code dataset} and {@code tag}
   * @throws RefusedInputException if a file cannot be read or the Meta file is malformed
   */
  public static CsvConnectome open(Path csv, Path metaFile, Optional<DatasetName> dataset) {
    String csvHash = hash(csv);
    String metaHash = hash(metaFile);
    Map<String, Object> meta = MetaFile.read(metaFile);
    DatasetName name =
        dataset.orElseGet(
            () -> {
              if (!(meta.get("dataset") instanceof String root)) {
                throw new RefusedInputException(
                    metaFile + " has no 'dataset': add it, or name the dataset with --dataset.");
              }
              return DatasetName.parse(
                  meta.get("tag") instanceof String tag ? root + ":" + tag : root);
            });
    meta.put("dataset", name.root());
    meta.remove("tag");
    if (!name.tag().isEmpty()) {
      meta.put("tag", name.tag());
    }
    // A dataset always has a version; the files' own hashes stand for one that is not given.
    meta.putIfAbsent("uuid", csvHash.substring(0, 32));
    meta.putIfAbsent("lastDatabaseEdit", "files " + metaHash.substring(0, 16));
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("dataset", name.toString());
    origin.put("SHA-256 of --neurons-csv", csvHash);
    origin.put("SHA-256 of --meta", metaHash);
    return new CsvConnectome(csv, name, meta, origin);
  }

  @Override
  public DatasetName name() {
    return name;
  }

  @Override
  public Map<String, Object> origin() {
    return origin;
  }

  @Override
  public Map<String, Object> meta() {
    return meta;
  }

  @Override
  public void neurons(Consumer<Map<String, Object>> eachNeuron) {
    try (Reader reader = reader();
        CSVParser rows = CSVFormat.RFC4180.parse(reader)) {
      List<String> header = null;
      Map<Object, Long> lineOfBody = new HashMap<>();
      long line = 0;
      for (CSVRecord row : rows) {
        // The parser is one record ahead of a multi-line cell; its own line is where a row ends.
        line = rows.getCurrentLineNumber();
        if (header == null) {
          header = header(row);
        } else if (row.size() != 1 || !row.get(0).isEmpty()) {
          Map<String, Object> neuron = neuron(header, row, line);
          Long earlier = lineOfBody.putIfAbsent(neuron.get("bodyId"), line);
          if (earlier != null) {
            throw refused(
                line,
                "bodyId",
                "repeats " + neuron.get("bodyId") + ", which is in line " + earlier);
          }
          eachNeuron.accept(neuron);
        }
      }
      if (header == null) {
        throw new RefusedInputException(
            csv + " is empty: its first line must name the properties.");
      }
    } catch (UncheckedIOException failure) {
      throw refused(failure.getCause());
    } catch (IOException failure) {
      throw refused(failure);
    }
  }

  private RefusedInputException refused(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return new RefusedInputException(csv + " is not UTF-8 text.", failure);
    }
    if (failure instanceof CSVException) {
      return new RefusedInputException(
          csv + " is not well-formed CSV: " + failure.getMessage(), failure);
    }
    return unreadable(csv, failure);
  }

  private List<String> header(CSVRecord row) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String cell : row) {
      String property = names.isEmpty() && cell.startsWith("\uFEFF") ? cell.substring(1) : cell;
      if (property.isBlank()) {
        throw new RefusedInputException(
            csv + ", line 1: column " + (names.size() + 1) + " has no property name.");
      }
      if (!seen.add(property)) {
        throw new RefusedInputException(
            csv + ", line 1: the property '" + property + "' is named twice.");
      }
      names.add(property);
    }
    if (!seen.contains("bodyId")) {
      throw new RefusedInputException(csv + ", line 1: there is no column bodyId.");
    }
    return names;
  }

  private Map<String, Object> neuron(List<String> header, CSVRecord row, long line) {
    if (row.size() != header.size()) {
      throw new RefusedInputException(
          csv
              + ", line "
              + line
              + ": "
              + row.size()
              + " cells where the header names "
              + header.size()
              + " properties.");
    }
    Map<String, Object> neuron = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String cell = row.get(i);
      if (!cell.isEmpty()) {
        neuron.put(header.get(i), value(header.get(i), cell, line));
      }
    }
    if (!neuron.containsKey("bodyId")) {
      throw refused(line, "bodyId", "is empty");
    }
    return neuron;
  }

  private Object value(String property, String cell, long line) {
    try {
      if (WHOLE_NUMBERS.contains(property)) {
        return Long.valueOf(cell);
      }
      if (DECIMALS.contains(property)) {
        return Double.valueOf(cell);
      }
    } catch (NumberFormatException wrong) {
      String form = WHOLE_NUMBERS.contains(property) ? "a whole number" : "a number";
      throw refused(line, property, "is '" + cell + "', not " + form);
    }
    if (property.equals("roiInfo")) {
      requireObject(cell, line);
    }
    return cell;
  }

  private void requireObject(String cell, long line) {
    try {
      JsonNode counts = JSON.readTree(cell);
      if (!counts.isObject()) {
        throw refused(line, "roiInfo", "is not a JSON object");
      }
    } catch (JsonProcessingException malformed) {
      throw refused(line, "roiInfo", "is not JSON (" + malformed.getOriginalMessage() + ")");
    }
  }

  private RefusedInputException refused(long line, String column, String problem) {
    return new RefusedInputException(
        csv + ", line " + line + ", column " + column + " " + problem + ".");
  }

  private Reader reader() throws IOException {
    InputStream file = Files.newInputStream(csv);
    InputStream text = csv.toString().endsWith(".gz") ? new GZIPInputStream(file, 1 << 16) : file;
    return new BufferedReader(
        new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
  }

  private static String hash(Path file) {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  static RefusedInputException unreadable(Path file, IOException why) {
    String reason = why instanceof NoSuchFileException ? "there is no such file" : why.getMessage();
    return new RefusedInputException("Cannot read " + file + ": " + reason + ".", why);
  }
}
