package quickpage.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.error.RefusedException;

class SandboxProcessTest {

  @TempDir private Path home;

  private Path file(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  @Test
  void findsTheSandboxThatACheckoutHasBuilt() throws Exception {
    Path built = file("infrastructure/sandbox/target/quickpage-index-sandbox.jar");
    assertThat(SandboxProcess.jar(home.resolve("cli/target"))).isEqualTo(built);
  }

  @Test
  void findsTheSandboxThatADemoReleaseHas() throws Exception {
    Path released = file("sandbox/quickpage-index-sandbox.jar");
    assertThat(SandboxProcess.jar(home.resolve("cli"))).isEqualTo(released);
  }

  @Test
  void saysWhichArchiveHasWhatThisOneLacks() {
    assertThatThrownBy(() -> SandboxProcess.jar(home.resolve("cli")))
        .isInstanceOf(NoSandboxException.class)
        .hasMessageContaining("quickpage-index-demo");
  }

  @Test
  void saysHowToBuildWhatACheckoutLacks() {
    assertThatThrownBy(() -> SandboxProcess.jar(home.resolve("cli/target")))
        .isInstanceOf(RefusedException.class)
        .isNotInstanceOf(NoSandboxException.class)
        .hasMessageContaining("./mvnw package");
  }
}
