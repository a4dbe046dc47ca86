package quickpage.index.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.sandbox.connectome.Connectome;
import quickpage.index.sandbox.connectome.DatasetName;
import quickpage.index.sandbox.connectome.GeneratedConnectome;
import quickpage.index.sandbox.connectome.RefusedInputException;
import quickpage.index.sandbox.http.NeuPrintServer;

class SandboxStoreIT {
  private static final DatasetName DATASET = DatasetName.parse("male-cns:v0.9");
  private static final NeuPrintServer.Settings SETTINGS =
      new NeuPrintServer.Settings(
          "127.0.0.1", 0, Optional.empty(), Duration.ZERO, 0, Duration.ZERO, 50, 1, false);

  @TempDir private Path folder;

  @Test
  void aKeptStoreIsOpenedAgainWithoutLoading() throws IOException {
    Watched connectome = new Watched(20, Integer.MAX_VALUE);
    start(connectome).close();

    try (Sandbox again = start(connectome)) {
      assertThat(again.loaded().types()).isEqualTo(20);
      assertThat(again.loaded().neurons()).isEqualTo(60);
      assertThat(connectome.loads).hasValue(1);
      assertThatThrownBy(() -> start(connectome))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageContaining("in use by another sandbox");
    }
  }

  @Test
  void aStoreMadeFromSomethingElseIsRefusedWithTheDifference() throws IOException {
    start(new Watched(20, Integer.MAX_VALUE)).close();

    assertThatThrownBy(() -> start(new Watched(21, Integer.MAX_VALUE)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("--types is 20 there and 21 here")
        .hasMessageNotContaining("--seed");
  }

  @Test
  void anInterruptedLoadIsDoneAgain() throws IOException {
    assertThatThrownBy(() -> start(new Watched(20, 30))).hasMessage("interrupted");
    Watched whole = new Watched(20, Integer.MAX_VALUE);

    try (Sandbox again = start(whole)) {
      assertThat(whole.loads).hasValue(1);
      assertThat(again.loaded().neurons()).isEqualTo(60);
    }
  }

  @Test
  void aFolderWithOtherFilesIsLeftAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("thesis.tex"), "precious");

    assertThatThrownBy(() -> start(new Watched(20, Integer.MAX_VALUE)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("is not empty");
    assertThat(folder.toFile().listFiles()).containsExactly(other.toFile());
  }

  private Sandbox start(Connectome connectome) throws IOException {
    return Sandbox.start(connectome, Optional.of(folder), Optional.empty(), SETTINGS);
  }

  /** Counts how often its neurons are asked for, and can fail on the way. */
  private static final class Watched implements Connectome {
    private final Connectome generated;
    private final int failsAfter;
    private final AtomicInteger loads = new AtomicInteger();

    Watched(int types, int failsAfter) {
      this.generated = new GeneratedConnectome(DATASET, types, 60, 1, false);
      this.failsAfter = failsAfter;
    }

    @Override
    public DatasetName name() {
      return generated.name();
    }

    @Override
    public Map<String, Object> origin() {
      return generated.origin();
    }

    @Override
    public Map<String, Object> meta() {
      return generated.meta();
    }

    @Override
    public void neurons(Consumer<Map<String, Object>> eachNeuron) {
      loads.incrementAndGet();
      AtomicInteger sent = new AtomicInteger();
      generated.neurons(
          neuron -> {
            if (sent.getAndIncrement() == failsAfter) {
              throw new IllegalStateException("interrupted");
            }
            eachNeuron.accept(neuron);
          });
    }
  }
}
