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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bodyId,pre;1,2;2,x          | line 3, column pre is 'x', not a whole number.
          bodyId,pre;1,2.0            | line 2, column pre is '2.0', not a whole number.
          bodyId,predictedNtProb;1,hi | line 2, column predictedNtProb is 'hi', not a number.
          bodyId,type;,LC4            | line 2, column bodyId is empty.
          bodyId,type;1,a;1,b         | line 3, column bodyId repeats 1, which is in line 2.
          bodyId,type;1               | line 2: 1 cells where the header names 2 properties.
          type,pre;a,1                | line 1: there is no column bodyId.
          bodyId,a,a;1,1,1            | line 1: the property 'a' is named twice.
          bodyId,,a;1,1,1             | line 1: column 2 has no property name.
          bodyId,roiInfo;1,[]         | line 2, column roiInfo is not a JSON object.
          bodyId,roiInfo;1,x          | line 2, column roiInfo is not JSON
          """)
  void aMalformedTableIsRefusedWithLineAndColumn(String table, String complaint)
      throws IOException {
    Files.writeString(csv, table.replace(';', '\n') + "\n");

    assertThatThrownBy(this::neurons)
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith(csv + ", " + complaint);
  }

  @Test
  void theLineIsRightAfterCellsOfSeveralLines() throws IOException {
    Files.writeString(csv, "bodyId,type,pre\n1,\"two\nlines\",3\n2,LC4,many\n");

    assertThatThrownBy(this::neurons).hasMessageContaining("line 4, column pre");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    assertThatThrownBy(this::open)
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Cannot read " + csv + ": there is no such file.");

    Files.write(csv, new byte[] {'b', 'o', 'd', 'y', 'I', 'd', '\n', (byte) 0xFF, '\n'});
    assertThatThrownBy(this::neurons).hasMessage(csv + " is not UTF-8 text.");

    Files.writeString(csv, "");
    assertThatThrownBy(this::neurons).hasMessageContaining("is empty");
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
    assertThat(open().meta()).containsEntry("uuid", original.meta().get("uuid"));
    assertThat(Files.readString(folder.resolve("types.json"))).contains("\"ends \"");
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
