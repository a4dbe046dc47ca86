package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import quickpage.index.local.LocalRun;
import quickpage.index.neuprint.client.NeuPrintClients;
import quickpage.index.neuprint.token.TokenSource;
import quickpage.index.workflow.ExecutionResult.Status;
import quickpage.index.workflow.WorkflowListener;

/** One run of the whole workflow in this JVM, and how it ended. */
record CommandLineRun(LocalRun.Outcome outcome) {

  /** Runs in place. */
  static CommandLineRun of(
      ServedDataset dataset, TestSite site, Path cache, Map<String, ?> options) {
    return of(
        site.root(),
        site.root(),
        cache,
        dataset.server(),
        dataset.name(),
        dataset.token(),
        options);
  }

  static CommandLineRun of(
      Path site,
      Path out,
      Path cache,
      String server,
      String dataset,
      String token,
      Map<String, ?> options) {
    JsonNode given = TestSite.JSON.valueToTree(options);
    return new CommandLineRun(
        new LocalRun(site, out, cache, server, dataset, given, new NeuPrintClients(token(token)))
            .execute(WorkflowListener.NONE));
  }

  static TokenSource token(String token) {
    return new GivenToken(token);
  }

  private record GivenToken(String token) implements TokenSource {
    @Override
    public String reread() {
      return token;
    }

    @Override
    public String origin() {
      return "the test";
    }
  }

  CommandLineRun published() {
    assertThat(outcome.result().status()).as(outcome.result().cause()).isEqualTo(Status.SUCCEEDED);
    return this;
  }

  /** The sentence of a run that failed. */
  String failure() {
    assertThat(outcome.result().status()).isEqualTo(Status.FAILED);
    return outcome.result().cause();
  }

  JsonNode report() {
    assertThat(outcome.report()).isNotNull();
    try {
      return TestSite.JSON.readTree(Files.readString(outcome.report()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number of the report's summary, such as {@code /cache/hits}. */
  long count(String pointer) {
    JsonNode number = report().path("summary").at(pointer);
    assertThat(number.isNumber()).as(pointer).isTrue();
    return number.asLong();
  }
}
