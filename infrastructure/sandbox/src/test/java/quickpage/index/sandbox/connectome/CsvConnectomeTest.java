package quickpage.index.sandbox.connectome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvConnectomeTest {
  @TempDir private Path folder;
  private Path csv;
  private Path meta;

  @BeforeEach
  void files() throws IOException {
    csv = folder.resolve("neurons.csv");
    meta = folder.resolve("meta.json");
    Files.writeString(meta, "{\"dataset\": \"hemibrain\", \"tag\": \"v1.2.1\"}");
  }

  @Test
  void columnsAreTypedAndEmptyCellsAreAbsent() throws IOException {
    Files.writeString(
        csv,
        "bodyId,type,instance,pre,predictedNtProb,somaSide,colour\r\n"
            + "720575940600000001,123,\"a, \"\"b\"\"\",5,0.5,,red\r\n");

    assertThat(neurons())
        .containsExactly(
            Map.of(
                "bodyId",
                720575940600000001L,
                "type",
                "123",
                "instance",
                "a, \"b\"",
                "pre",
                5L,
                "predictedNtProb",
                0.5,
                "colour",
                "red"));
  }

  @Test
  void aNameEndingInGzIsUnpacked() throws IOException {
    csv = folder.resolve("neurons.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(csv))) {
      out.write("bodyId\n7\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(neurons()).containsExactly(Map.of("bodyId", 7L));
  }

  @Test
  void theDatasetIsThatOfTheMetaFileUnlessNamed() throws IOException {
    Files.writeString(csv, "bodyId\n");

    assertThat(open().name()).hasToString("hemibrain:v1.2.1");
    CsvConnectome renamed = CsvConnectome.open(csv, meta, Optional.of(DatasetName.parse("cns:v2")));
    assertThat(renamed.name()).hasToString("cns:v2");
    assertThat(renamed.meta()).containsEntry("dataset", "cns").containsEntry("tag", "v2");
  }

  @Test
  void metaObjectsAreStoredAsTheirText() throws IOException {
    Files.writeString(csv, "bodyId\n");
    Files.writeString(
        meta,
        "{\"dataset\": \"cns\", \"roiHierarchy\": {\"name\": \"CNS\"}, \"primaryRois\":"
            + " [\"ME(R)\"], \"uuid\": \"u\", \"hideDataSet\": false}");

    Map<String, Object> properties = open().meta();

    assertThat(properties)
        .containsEntry("roiHierarchy", "{\"name\":\"CNS\"}")
        .containsEntry("uuid", "u")
        .containsEntry("hideDataSet", false);
    assertThat((String[]) properties.get("primaryRois")).containsExactly("ME(R)");
  }

  @Test
  void aTableIsTakenAsPandasWritesIt() throws IOException {
    // df.to_csv("neurons.csv"), with gaps in the columns of whole numbers and truths.
    Files.writeString(
        csv,
        """
        ,Unnamed: 0,bodyId,type,pre,predictedNtProb,cropped,group,roiInfo
        0,7,1001.0,LC4,395.0,0.25,True,395.0,"{'ME(R)': {'pre': 5, 'post': 2.0}, ""a'L(R)"": {'pre': 1}}"
        1,8,1002.0,NaN,nan,,False,,{}
        2,9,720575940600000001,None,1e+05,<NA>,,7.0,
        """);

    assertThat(neurons())
        .containsExactly(
            Map.of(
                "bodyId",
                1001L,
                "type",
                "LC4",
                "pre",
                395L,
                "predictedNtProb",
                0.25,
                "cropped",
                true,
                "group",
                "395",
                "roiInfo",
                "{\"ME(R)\":{\"pre\":5,\"post\":2},\"a'L(R)\":{\"pre\":1}}"),
            Map.of("bodyId", 1002L, "cropped", false, "roiInfo", "{}"),
            Map.of("bodyId", 720575940600000001L, "pre", 100_000L, "group", "7"));
  }

  @Test
  void aTableIsTakenAsRWritesIt() throws IOException {
    // write.csv(df, "neurons.csv"): row names, texts in quotes, NA without.
    Files.writeString(
        csv,
        """
        "","bodyId","type","side","pre","cropped"
        "1",1001,"LC4",NA,1e+05,TRUE
        "2",1002,NA,"NA",NA,FALSE
        """);

    assertThat(neurons())
        .containsExactly(
            Map.of("bodyId", 1001L, "type", "LC4", "pre", 100_000L, "cropped", true),
            Map.of("bodyId", 1002L, "side", "NA", "cropped", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a': {'pre': 1}}                      | {"a":{"pre":1}}
          {'a': {'pre': np.int64(3), 'post': 2}} | {"a":{"pre":3,"post":2}}
          {'a': {'pre': nan, 'post': 4.0},}      | {"a":{"post":4}}
          {"b'1(R)": {'pre': None, "post": 2}}   | {"b'1(R)":{"post":2}}
          {'None': {'nan': 1, 'x': True}}        | {"None":{"nan":1,"x":true}}
          { "a" : {"pre": 1.0 } }                | { "a" : {"pre": 1.0 } }
          """)
  void roiInfoIsJsonToTheLetterOrPythonsTextOfADict(String cell, String stored) throws IOException {
    Files.writeString(csv, "bodyId,roiInfo\n1,\"" + cell.replace("\"", "\"\"") + "\"\n");

    assertThat(neurons()).containsExactly(Map.of("bodyId", 1L, "roiInfo", stored));
  }

  @Test
  void aTypeIsNeverATruthValueAndAVersionNumberKeepsItsDigits() throws IOException {
    Files.writeString(csv, "bodyId,type,a,b\n1,true,1.0,yes\n2,TRUE,1.5,True\n");

    assertThat(neurons())
        .containsExactly(
            Map.of("bodyId", 1L, "type", "true", "a", "1.0", "b", "yes"),
            Map.of("bodyId", 2L, "type", "TRUE", "a", "1.5", "b", "True"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bodyId,pre;1,2;2,x          | line 3, column pre: 'x' is not a whole number. In pandas: df["pre"] = pd.to_numeric(df["pre"], errors="coerce").astype("Int64")
          bodyId,pre;1,2.5            | line 2, column pre: '2.5' is not a whole number. In pandas: df["pre"] = df["pre"].round().astype("Int64")
          bodyId,predictedNtProb;1,hi | line 2, column predictedNtProb: 'hi' is not a number. In pandas: df["predictedNtProb"] = pd.to_numeric(df["predictedNtProb"], errors="coerce")
          bodyId,pre;1,1e999999999    | line 2, column pre: '1e999999999' is not a whole number.
          bodyId,predictedNtProb;1,inf | line 2, column predictedNtProb: 'inf' is not a number.
          bodyId,type;,LC4            | line 2, column bodyId: there is no body ID. In pandas: df = df.dropna(subset=["bodyId"])
          bodyId,type;1,a;1.0,b;1,c   | line 3 and 1 more, column bodyId: '1.0', which is in line 2, repeats a body ID. In pandas: df = df.drop_duplicates("bodyId")
          bodyId;7.205759406000001e+17 | line 2, column bodyId: '7.205759406000001e+17' has passed through a floating-point number and lost its last digits. In pandas: read the source again with pd.read_csv(SOURCE, dtype={"bodyId": "Int64"})
          bodyId;1.23456789012346e+15 | line 2, column bodyId: '1.23456789012346e+15' has passed through
          bodyId;72057594060000000123 | line 2, column bodyId: '72057594060000000123' has more digits
          bodyId,type;1               | line 2: 1 cells where the header has 2 (R's write.table names all columns with row.names = FALSE). In pandas: df.to_csv(FILE, index=False)
          type,pre;a,1                | line 1: there is no column bodyId.
          root_id,type;1,a            | line 1: there is no column bodyId. In pandas: df = df.rename(columns={"root_id": "bodyId"})
          ,type;1,a                   | line 1: there is no column bodyId. In pandas: df.to_csv(FILE, index_label="bodyId"), if the index is the body ID
          bodyId,a,a;1,1,1            | line 1: the property 'a' is named twice. In pandas: df = df.loc[:, ~df.columns.duplicated()]
          bodyId,,a;1,1,1             | line 1: column 2 has no property name. In pandas: df = df.loc[:, [str(name).strip() != "" for name in df.columns]]
          bodyId,roiInfo;1,[]         | line 2, column roiInfo: '[]' is not an object in JSON or Python's text of a dict. In pandas: df["roiInfo"] = df["roiInfo"].map(
          bodyId,roiInfo;1,x          | line 2, column roiInfo: 'x' is not an object
          """)
  void aMalformedTableIsRefusedWithLineColumnAndWhatMendsIt(String table, String complaint)
      throws IOException {
    Files.writeString(csv, table.replace(';', '\n') + "\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith(csv + ", " + complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void anotherSeparatorIsNamed(String separator) throws IOException {
    Files.writeString(csv, "bodyId%1$stype\n1%1$sLC4\n".formatted(separator));
    String name = separator.replace("\t", "\\t");

    assertThatThrownBy(this::open)
        .hasMessage(
            csv
                + ", line 1: the columns are separated by '"
                + name
                + "' instead of commas. In pandas: pd.read_csv(FILE, sep=\""
                + name
                + "\").to_csv(FILE, index=False)");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws IOException {
    Files.writeString(csv, "bodyId,type,type,pre,roiInfo\n1,a,a,x,{}\n1,a,a,y,{\n,a,a,3,{}\n4,a\n");

    assertThatThrownBy(this::open)
        .extracting(
            refused ->
                refused.getMessage().lines().map(line -> line.replaceFirst(" In pandas.*", "")))
        .asInstanceOf(InstanceOfAssertFactories.STREAM)
        .containsExactly(
            csv + ", line 1: the property 'type' is named twice.",
            csv + ", line 2 and 1 more, column pre: 'x' is not a whole number.",
            csv + ", line 3, column bodyId: '1', which is in line 2, repeats a body ID.",
            csv
                + ", line 3, column roiInfo: '{' is not an object in JSON or Python's text of a"
                + " dict.",
            csv + ", line 4, column bodyId: there is no body ID.",
            csv
                + ", line 5: 2 cells where the header has 5 (R's write.table names all columns"
                + " with row.names = FALSE).");
  }

  @Test
  void excelsByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
    Files.writeString(csv, "\uFEFF\"bodyId\",\"type\"\n1,\"LC4\"\n");

    assertThat(neurons()).containsExactly(Map.of("bodyId", 1L, "type", "LC4"));
  }

  @Test
  void theLineIsRightAfterCellsOfSeveralLines() throws IOException {
    Files.writeString(csv, "bodyId,type,pre\n1,\"two\nlines\",3\n2,LC4,many\n");

    assertThatThrownBy(this::open).hasMessageContaining("line 4, column pre");
  }

  @Test
  void aTableThatChangesBetweenCheckAndLoadIsNotServed() throws IOException {
    Files.writeString(csv, "bodyId,type\n1,LC4\n");
    CsvConnectome opened = open();
    Files.writeString(csv, "bodyId,type\n1,LC6\n");

    assertThatThrownBy(() -> opened.neurons(neuron -> {}))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(csv + " was changed while it was read: start again.");
  }

  @Test
  void filesWithoutAVersionGetOneThatEachEditOfEitherChanges() throws IOException {
    Files.writeString(csv, "bodyId,type\n1,LC4\n");
    String first = version();
    assertThat(version()).isEqualTo(first);

    Files.writeString(csv, "bodyId,type\n1,LC6\n");
    String editedTable = version();
    Files.writeString(meta, "{\"dataset\": \"hemibrain\", \"tag\": \"v1.2.1\", \"info\": \"\"}");

    assertThat(List.of(first, editedTable, version())).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"uuid", "lastDatabaseEdit"})
  void halfAVersionIsCompletedFromTheTable(String given) throws IOException {
    Files.writeString(meta, "{\"dataset\": \"cns\", \"" + given + "\": \"mine\"}");
    Files.writeString(csv, "bodyId,type\n1,LC4\n");
    String first = version();
    Files.writeString(csv, "bodyId,type\n1,LC6\n");

    assertThat(version()).isNotEqualTo(first).contains("mine");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    assertThatThrownBy(this::open)
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Cannot read " + csv + ": there is no such file.");

    Files.write(csv, new byte[] {'b', 'o', 'd', 'y', 'I', 'd', '\n', (byte) 0xFF, '\n'});
    assertThatThrownBy(this::open)
        .hasMessage(
            csv
                + " is not UTF-8 text. In pandas: df.to_csv(FILE, index=False,"
                + " encoding=\"utf-8\")");

    Files.writeString(csv, "");
    assertThatThrownBy(this::open).hasMessageContaining("is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                  | does not hold a JSON object.
          {"a": 1,                            | , line 1:
          {"dataset": "x", "primaryRois": [1]} | : 'primaryRois' must be a list of strings.
          {"dataset": "x", "roiHierarchy": 5} | : 'roiHierarchy' must be a JSON object
          {"tag": "v1"}                       | has no 'dataset'
          """)
  void aMalformedMetaFileIsRefused(String json, String complaint) throws IOException {
    Files.writeString(csv, "bodyId\n");
    Files.writeString(meta, json);

    assertThatThrownBy(this::open)
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining(meta.toString())
        .hasMessageContaining(complaint);
  }

  @Test
  void anExportedDatasetReadsBackAsItself() throws IOException {
    GeneratedConnectome original =
        new GeneratedConnectome(DatasetName.parse("male-cns:v0.9"), 120, 300, 5, true);
    ConnectomeExport.write(original, folder);

    List<Map<String, Object>> expected = new ArrayList<>();
    original.neurons(
        neuron -> {
          // In CSV an empty cell is an absent property.
          neuron.values().removeIf(""::equals);
          expected.add(neuron);
        });
    assertThat(neurons()).isEqualTo(expected);
    assertThat(open().meta().get("roiHierarchy")).isEqualTo(original.meta().get("roiHierarchy"));
    assertThat(Files.readString(meta)).doesNotContain("uuid", "lastDatabaseEdit");
    assertThat(Files.readString(folder.resolve("types.json"))).contains("\"ends \"");
  }

  private String version() {
    Map<String, Object> properties = open().meta();
    return properties.get("uuid") + " " + properties.get("lastDatabaseEdit");
  }

  private CsvConnectome open() {
    return CsvConnectome.open(csv, meta, Optional.empty());
  }

  private List<Map<String, Object>> neurons() {
    List<Map<String, Object>> neurons = new ArrayList<>();
    open().neurons(neurons::add);
    return neurons;
  }
}
