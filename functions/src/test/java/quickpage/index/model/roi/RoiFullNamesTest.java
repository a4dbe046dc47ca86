package quickpage.index.model.roi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoiFullNamesTest {
  private static final Path LIST =
      Path.of("src/main/resources/quickpage/index/model/roi/roi-full-names.tsv");

  @ParameterizedTest
  @CsvSource({
    "ME(R), medulla",
    "MB, mushroom body",
    "AVLP_L, anterior ventrolateral protocerebrum",
    "a'L(R), mushroom body alpha' lobe",
    "LegNp(T1)(L), T1 leg neuropil",
    "NTct(UTct-T1)(R), neck tectulum",
    "HTct_UTct_T3_L, haltere tectulum",
    "ANm, abdominal neuromeres",
    "ProLN(L), prothoracic leg nerve",
    "MB_CA_L, mushroom body calyx"
  })
  void whatADatasetDoesNotDescribeHasItsPublishedName(String roi, String name) {
    assertThat(RoiFullNames.of(List.of(roi), Map.of())).isEqualTo(Map.of(roi, name));
  }

  @Test
  void whatNobodyNamesHasNone() {
    assertThat(RoiFullNames.of(List.of("XYZ(R)", "me(R)"), Map.of("AL(R)", "antennal lobe")))
        .isEmpty();
  }

  @Test
  void theDatasetsOwnNameOfTheWholeRegionGoesFirst() {
    assertThat(
            RoiFullNames.of(
                List.of("ME(R)", "ME(L)", "OL"),
                Map.of("ME(R)", "Medulla (outer)", "OL(R)", "Optic lobe", "LO(R)", "lobula")))
        .isEqualTo(Map.of("ME(L)", "Medulla (outer)", "OL", "Optic lobe"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MB(R)  | mushroom body right      | mushroom body",
        "MB(R)  | Right mushroom body      | mushroom body",
        "MB(L)  | Corpora pedunculata (L)  | mushroom body",
        "X1(R)  | Odd region right         | Odd region",
        "X1(R)  | Odd region, right        | Odd region",
        "X1(R)  | Odd region (right)       | Odd region",
        "X1(R)  | right odd region         | odd region",
        "X1(R)  | Odd region (R)           | Odd region",
        "X1_L   | Odd region LHS           | Odd region",
        "X1(R)  | Brightness centre        | Brightness centre",
        "X1(R)  | part of the right of it  | ''",
        "X1(R)  | right                    | ''",
        "X1(R)  | '  '                     | ''"
      })
  void aNameOfOneSideIsNotTheRegions(String roi, String description, String name) {
    String clean = RoiNames.clean(roi);

    assertThat(RoiFullNames.of(List.of(clean), Map.of(roi, description)))
        .isEqualTo(name.isEmpty() ? Map.of() : Map.of(clean, name));
  }

  @Test
  void oneSidesNameOfTheWholeRegionServesBoth() {
    assertThat(
            RoiFullNames.of(
                List.of("X1(L)", "X1(R)"), Map.of("X1(L)", "Odd left", "X1(R)", "Odd region")))
        .isEqualTo(Map.of("X1(L)", "Odd region"));
  }

  @Test
  void everyLineOfTheListHasACleanNameAFullNameAndASource() throws IOException {
    Set<String> rois = new HashSet<>();
    for (String line : Files.readAllLines(LIST)) {
      if (line.startsWith("#")) {
        continue;
      }
      List<String> columns = List.of(line.split("\t", -1));
      assertThat(columns).as(line).hasSize(3).doesNotContain("");
      assertThat(RoiNames.clean(columns.get(0))).as(line).isEqualTo(columns.get(0));
      assertThat(rois.add(columns.get(0))).as(line).isTrue();
      assertThat(columns.get(2)).as(line).containsPattern("Ito|Court|FBbt:\\d{8}");
    }
    assertThat(rois).hasSizeGreaterThan(100);
  }
}
