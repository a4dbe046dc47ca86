package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.local.SandboxProcess;

/** Neurons that somebody edits in a file and serves again, while the cache knows the old ones. */
class EditedTableIT {
  private static final String TOKEN = "test-token";

  /** As pandas writes it: an index, whole numbers as decimals, Python's text of a dict. */
  private static final String NEURONS =
      """
      ,bodyId,type,somaSide,class,pre,post,roiInfo
      0,1.0,A,L,first,10.0,2.0,"{'ME(R)': {'pre': 10, 'post': 2}}"
      1,2.0,A,R,first,,4.0,"{'ME(R)': {'post': 4}}"
      2,3.0,B,L,NaN,7.0,,nan
      """;

  private static final String META =
      """
      {"dataset": "cns", "primaryRois": ["ME(R)"],
       "roiHierarchy": {"name": "CNS", "children": [{"name": "ME(R)"}]}}
      """;

  @TempDir private Path folder;

  @Test
  void theNextRunWithAWarmCacheShowsAnEditedCell() throws IOException {
    Files.writeString(folder.resolve("meta.json"), META);
    TestSite site = new TestSite(folder.resolve("site"), "types/");
    site.add("A.html");
    site.add("B.html");

    CommandLineRun first = run(site, NEURONS);
    assertThat(first.count("/cache/misses")).isEqualTo(2);
    assertThat(site.index().at("/types/0/classes").toString()).isEqualTo("[\"first\"]");
    assertThat(site.index().at("/types/0/synapses").toString())
        .isEqualTo("{\"pre\":10,\"post\":6}");
    assertThat(site.index().at("/types/1/classes").toString()).isEqualTo("[]");

    CommandLineRun unchanged = run(site, NEURONS);
    assertThat(unchanged.count("/cache/hits")).isEqualTo(2);

    CommandLineRun edited = run(site, NEURONS.replace("A,R,first", "A,R,second"));
    assertThat(edited.count("/cache/hits")).isZero();
    assertThat(site.index().at("/types/0/classes").toString()).isEqualTo("[\"first\",\"second\"]");
  }

  private CommandLineRun run(TestSite site, String neurons) throws IOException {
    Files.writeString(folder.resolve("neurons.csv"), neurons);
    try (SandboxProcess sandbox =
        SandboxProcess.start(
            TOKEN,
            "256m",
            List.of(
                "--neurons-csv",
                folder.resolve("neurons.csv").toString(),
                "--meta",
                folder.resolve("meta.json").toString()))) {
      return CommandLineRun.of(
              site.root(),
              site.root(),
              folder.resolve("cache"),
              sandbox.server(),
              "cns",
              TOKEN,
              Map.of())
          .published();
    }
  }
}
