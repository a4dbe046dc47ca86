package quickpage.index.sandbox.connectome;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
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
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * A table of neurons in CSV, as the sandbox, pandas or R wrote it.
 *
 * <p>It is read twice: once to find all that is wrong with it and what its columns hold, and once
 * for the neurons.
 */
final class NeuronTable {
  private static final Set<String> WHOLE_NUMBERS =
      Set.of(
          "bodyId", "pre", "post", "upstream", "downstream", "size", "celltypeTotalNtPredictions");
  private static final Set<String> DECIMALS =
      Set.of("celltypePredictedNtConfidence", "predictedNtProb");

  /**
   * What the index shows as text, and names: that all neurons of a table have the type "true" does
   * not make it a truth value.
   */
  private static final Set<String> ALWAYS_TEXT =
      Set.of(
          "type",
          "instance",
          "status",
          "rootSide",
          "somaSide",
          "side",
          "superclass",
          "class",
          "subclass",
          "supertype",
          "consensusNt",
          "celltypePredictedNt",
          "predictedNt",
          "dimorphism",
          "fruDsx",
          "synonyms",
          "flywireType",
          "somaNeuromere");

  /** Names that others give the column of body IDs, in lower case without underscores. */
  private static final Set<String> BODY_ID_ELSEWHERE =
      Set.of("bodyid", "body", "bodyids", "id", "rootid", "segmentid");

  /** Rows of other lengths than the header are told with all else that is wrong. */
  private static final CsvReader.CsvReaderBuilder ROWS =
      CsvReader.builder()
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE);

  /** Excel writes one. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private enum Form {
    WHOLE_NUMBER,
    DECIMAL,
    JSON_OBJECT,
    BOOLEAN,
    /** Text of which every cell is a whole number to which pandas added ".0". */
    TEXT_WITH_POINT_ZERO,
    TEXT,
    /** An index column, which is no property. */
    NONE
  }

  private record Column(String name, Form form) {}

  private final Path file;
  private final String sha256;
  private final List<Column> columns;

  private NeuronTable(Path file, String sha256, List<Column> columns) {
    this.file = file;
    this.sha256 = sha256;
    this.columns = columns;
  }

  /**
   * Reads the whole table and checks it.
   *
   * @param file gzipped if its name ends in .gz
   * @throws RefusedInputException with all that is wrong
   */
  static NeuronTable check(Path file) {
    Check check = new Check(file);
    String sha256 = readRows(file, check);
    check.finish();
    return new NeuronTable(file, sha256, check.columns());
  }

  /** Of the file's bytes, in hexadecimal digits. */
  String sha256() {
    return sha256;
  }

  /**
   * Every neuron, in the order of the rows.
   *
   * @throws RefusedInputException if the file is no longer what was checked
   */
  void neurons(Consumer<Map<String, Object>> eachNeuron) {
    boolean[] afterHeader = new boolean[1];
    String now =
        readRows(
            file,
            row -> {
              if (row.cells().size() != columns.size()) {
                throw changed();
              }
              if (afterHeader[0]) {
                eachNeuron.accept(neuron(row));
              }
              afterHeader[0] = true;
            });
    if (!now.equals(sha256)) {
      throw changed();
    }
  }

  private RefusedInputException changed() {
    return new RefusedInputException(file + " was changed while it was read: start again.");
  }

  private Map<String, Object> neuron(TableRow row) {
    Map<String, Object> neuron = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String cell = row.cells().get(i);
      Form form = columns.get(i).form();
      if (form != Form.NONE && !isMissing(form, cell)) {
        try {
          neuron.put(columns.get(i).name(), value(form, cell));
        } catch (UnfitCellException sinceChecked) {
          throw changed();
        }
      }
    }
    return neuron;
  }

  private static boolean isMissing(Form form, String cell) {
    boolean text = form == Form.TEXT || form == Form.TEXT_WITH_POINT_ZERO;
    return cell == null || (!text && CellForms.isMissing(cell));
  }

  private static Object value(Form form, String cell) throws UnfitCellException {
    return switch (form) {
      case WHOLE_NUMBER -> CellForms.wholeNumber(cell);
      case DECIMAL -> CellForms.decimal(cell);
      case JSON_OBJECT -> CellForms.jsonObject(cell);
      case BOOLEAN -> Boolean.TRUE.equals(CellForms.truth(cell));
      case TEXT_WITH_POINT_ZERO -> cell.replaceFirst("\\.0$", "");
      case TEXT, NONE -> cell;
    };
  }

  private static Form formOf(String property) {
    if (WHOLE_NUMBERS.contains(property)) {
      return Form.WHOLE_NUMBER;
    }
    if (DECIMALS.contains(property)) {
      return Form.DECIMAL;
    }
    return property.equals("roiInfo") ? Form.JSON_OBJECT : Form.TEXT;
  }

  private interface RowReader {
    void read(TableRow row);
  }

  /**
   * Hands on every row; an empty line is none.
   *
   * @return the SHA-256 of the file's bytes
   */
  private static String readRows(Path file, RowReader reader) {
    try (DigestInputStream bytes =
        new DigestInputStream(Files.newInputStream(file), FileHash.sha256())) {
      Reader text = text(file, bytes);
      for (TableRow row : ROWS.build(new TableRow.Handler(), text)) {
        reader.read(row);
      }
      bytes.transferTo(OutputStream.nullOutputStream());
      return FileHash.hex(bytes.getMessageDigest());
    } catch (UncheckedIOException failure) {
      throw refused(file, failure.getCause());
    } catch (CsvParseException malformed) {
      throw malformed.getCause() instanceof IOException failure
          ? refused(file, failure)
          : new RefusedInputException(
              file
                  + " is not well-formed CSV: "
                  + malformed.getMessage()
                  + ". In pandas: df.to_csv(FILE, index=False)",
              malformed);
    } catch (IOException failure) {
      throw refused(file, failure);
    }
  }

  private static Reader text(Path file, InputStream bytes) throws IOException {
    InputStream unpacked =
        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(unpacked, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private static RefusedInputException refused(Path file, IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return new RefusedInputException(
          file + " is not UTF-8 text. In pandas: df.to_csv(FILE, index=False, encoding=\"utf-8\")",
          failure);
    }
    return FileHash.unreadable(file, failure);
  }

  /** The first reading. */
  private static final class Check implements RowReader {
    private static final String DROP_UNNAMED =
        "df = df.loc[:, [str(name).strip() != \"\" for name in df.columns]]";

    private final Path file;
    private final TableProblems problems;
    private final Map<Long, Long> lineOfBody = new HashMap<>();
    private List<String> header;
    private Form[] forms;

    /** Of text columns: whether a value was seen, and whether all were of the kind. */
    private boolean[] seen;

    private boolean[] allTruths;
    private boolean[] allPointZero;

    Check(Path file) {
      this.file = file;
      this.problems = new TableProblems(file);
    }

    @Override
    public void read(TableRow row) {
      long line = row.line();
      if (header == null) {
        readHeader(row);
      } else if (row.cells().size() != header.size()) {
        problems.add(
            line,
            new TableProblems.Problem(
                "",
                "where the header has "
                    + header.size()
                    + " (R's write.table names all columns with row.names = FALSE)",
                "df.to_csv(FILE, index=False)"),
            row.cells().size() + " cells");
      } else {
        for (int i = 0; i < header.size(); i++) {
          readCell(i, row.cells().get(i), line);
        }
      }
    }

    private void readHeader(TableRow row) {
      header = new ArrayList<>();
      int columns = row.cells().size();
      forms = new Form[columns];
      seen = new boolean[columns];
      allTruths = new boolean[columns];
      allPointZero = new boolean[columns];
      Set<String> names = new HashSet<>();
      boolean afterIndex = false;
      for (String cell : row.cells()) {
        String name = cell == null ? "" : cell;
        int column = header.size();
        // What pandas calls a column that had no name when it read the file.
        boolean unnamed = name.isBlank() || name.matches("Unnamed: [0-9.]+");
        forms[column] = unnamed ? Form.NONE : formOf(name);
        allTruths[column] = true;
        allPointZero[column] = true;
        afterIndex |= !unnamed;
        if (name.isBlank() && afterIndex) {
          problems.add("column " + (column + 1) + " has no property name", DROP_UNNAMED);
        }
        if (!unnamed && !names.add(name)) {
          problems.add(
              "the property '" + name + "' is named twice",
              "df = df.loc[:, ~df.columns.duplicated()]");
        }
        header.add(name);
      }
      if (!names.contains("bodyId")) {
        refuseWithoutBodyId();
      }
    }

    /** Nothing can be said of rows that cannot be told apart, so the header's problems are all. */
    private void refuseWithoutBodyId() {
      String only = header.get(0);
      for (char separator : new char[] {';', '\t', '|'}) {
        if (header.size() == 1 && only.indexOf(separator) >= 0) {
          String name = separator == '\t' ? "\\t" : String.valueOf(separator);
          problems.add(
              "the columns are separated by '" + name + "' instead of commas",
              "pd.read_csv(FILE, sep=\"" + name + "\").to_csv(FILE, index=False)");
          problems.refuseIfAny();
        }
      }
      String mending =
          header.stream()
              .filter(
                  name ->
                      BODY_ID_ELSEWHERE.contains(
                          name.replaceAll("[_. ]", "").toLowerCase(Locale.ROOT)))
              .findFirst()
              .map(name -> "df = df.rename(columns={\"" + name + "\": \"bodyId\"})")
              .orElse(
                  forms[0] == Form.NONE
                      ? "df.to_csv(FILE, index_label=\"bodyId\"), if the index is the body ID"
                      : "");
      problems.add("there is no column bodyId", mending);
      problems.refuseIfAny();
    }

    private void readCell(int column, String cell, long line) {
      String name = header.get(column);
      Form form = forms[column];
      if (form == Form.NONE) {
        return;
      }
      if (isMissing(form, cell)) {
        if (name.equals("bodyId")) {
          problems.add(
              line,
              new TableProblems.Problem(
                  name, "there is no body ID", "df = df.dropna(subset=[\"bodyId\"])"),
              "");
        }
        return;
      }
      if (form == Form.TEXT) {
        seen[column] = true;
        allTruths[column] &= CellForms.truth(cell) != null;
        allPointZero[column] &= cell.matches("-?[0-9]+\\.0");
        return;
      }
      try {
        Object value = value(form, cell);
        if (name.equals("bodyId")) {
          Long earlier = lineOfBody.putIfAbsent((Long) value, line);
          if (earlier != null) {
            problems.add(
                line,
                new TableProblems.Problem(
                    name, "repeats a body ID", "df = df.drop_duplicates(\"bodyId\")"),
                TableProblems.quoted(cell) + ", which is in line " + earlier + ",");
          }
        }
      } catch (UnfitCellException unfit) {
        problems.add(
            line,
            new TableProblems.Problem(name, unfit.getMessage(), unfit.mending(name)),
            TableProblems.quoted(cell));
      }
    }

    void finish() {
      if (header == null) {
        throw new RefusedInputException(
            file + " is empty: its first line must name the properties.");
      }
      problems.refuseIfAny();
    }

    List<Column> columns() {
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < header.size(); i++) {
        Form form = forms[i];
        if (form == Form.TEXT && seen[i] && !ALWAYS_TEXT.contains(header.get(i))) {
          form =
              allTruths[i] ? Form.BOOLEAN : allPointZero[i] ? Form.TEXT_WITH_POINT_ZERO : Form.TEXT;
        }
        columns.add(new Column(header.get(i), form));
      }
      return columns;
    }
  }
}
