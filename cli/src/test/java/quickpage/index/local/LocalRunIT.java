package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.error.RefusedException;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.token.EnvironmentToken;
import quickpage.index.workflow.WorkflowListener;

/** What a run leaves open where its start fails half-way. */
class LocalRunIT {

  /** Links to what this process has open; Linux has it, and elsewhere nothing is looked at. */
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  @TempDir private Path folder;
  private Path site;
  private LocalRun run;

  @BeforeEach
  void makeSite() throws IOException {
    site = Files.createDirectories(folder.toRealPath().resolve("site"));
    Files.writeString(site.resolve("LC10a.html"), "a page");
    run =
        new LocalRun(
            site,
            site,
            folder.toRealPath().resolve("cache"),
            "http://127.0.0.1:9",
            "cns",
            JsonNodeFactory.instance.objectNode(),
            new NeuPrintClients(new EnvironmentToken(Map.of("NEUPRINT_TOKEN", "token"))));
  }

  private void nothingIsOpen() throws Exception {
    SiteLock.take(site, "the next").close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("open-cache") || thread.getName().startsWith("run-")) {
        thread.join(5_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
    if (Files.isDirectory(OPEN_FILES)) {
      assertThat(openFiles()).noneMatch(file -> file.contains(folder.getFileName().toString()));
    }
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> links = Files.list(OPEN_FILES)) {
      return links
          .map(
              link -> {
                try {
                  return Files.readSymbolicLink(link).toString();
                } catch (IOException e) {
                  return "closed since";
                }
              })
          .toList();
    }
  }

  @Test
  void aRunThatIsRefusedBeforeItsWorkflowLeavesNothingOpen() throws Exception {
    Files.createDirectories(site.resolve(".quickpage-index/published"));
    Files.writeString(site.resolve(".quickpage-index/published/state.json"), "no record");

    assertThatThrownBy(() -> run.execute(WorkflowListener.NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is damaged");

    nothingIsOpen();
  }

  @Test
  void aRunWhoseWorkflowBreaksLeavesNothingOpen() throws Exception {
    WorkflowListener broken =
        new WorkflowListener() {
          @Override
          public void stateEntered(String state) {
            throw new IllegalStateException("a defect");
          }
        };

    assertThatThrownBy(() -> run.execute(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a defect");

    nothingIsOpen();
  }
}
