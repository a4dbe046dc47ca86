package quickpage.index.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;

/**
 * The sandbox NeuPrint server as a process of its own, because Neo4j and the parts of this JVM need
 * different versions of the same libraries. It ends with this process, however that ends.
 */
public final class SandboxProcess implements AutoCloseable {

  /** The variable in which the server finds the token that it wants; arguments can be seen. */
  private static final String TOKEN_VARIABLE = "QUICKPAGE_SANDBOX_TOKEN";

  /**
   * For a server that lives for a minute: half the start-up's work would be compiling it better,
   * and a tenth collecting garbage beside it.
   */
  private static final String[] FOR_A_MINUTE = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

  private final Process process;
  private final String server;

  private SandboxProcess(Process process, String server) {
    this.process = process;
    this.server = server;
  }

  /**
   * Before anything is said or written that would be of no use without one.
   *
   * @throws NoSandboxException if this release has none
   */
  public static void checkPresent() {
    jar();
  }

  /**
   * Starts a server on a free port and waits until it answers.
   *
   * @param token that requests must bring
   * @param heap of its JVM, such as {@code 1g}
   * @param flags further ones of the {@code sandbox} command
   */
  public static SandboxProcess start(String token, String heap, List<String> flags) {
    return start(token, command("-Xmx" + heap, FOR_A_MINUTE[0], FOR_A_MINUTE[1]), flags);
  }

  /** The same, for a server that is asked so much that compiling it well pays. */
  public static SandboxProcess startForLong(String token, String heap, List<String> flags) {
    return start(token, command("-Xmx" + heap), flags);
  }

  private static SandboxProcess start(String token, List<String> command, List<String> flags) {
    command.addAll(List.of("--port", "0", "--json", "--exit-with-stdin"));
    command.addAll(flags);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(Map.of(TOKEN_VARIABLE, token));
    AtomicBoolean stopped = new AtomicBoolean();
    try {
      Process process = builder.start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stopped.set(true);
                    process.destroy();
                  }));
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String ready = lines.readLine();
      if (ready == null) {
        awaitInterrupt(stopped);
        throw new RefusedException("The sandbox did not start; what it said stands above.");
      }
      return new SandboxProcess(process, Json.MAPPER.readTree(ready).path("url").asText());
    } catch (IOException e) {
      awaitInterrupt(stopped);
      throw new UncheckedIOException("the sandbox cannot be started", e);
    }
  }

  /**
   * Where this process is being stopped, whoever stops it interrupts this thread, too, and says
   * why; the sandbox's end may be seen a moment before.
   */
  private static void awaitInterrupt(AtomicBoolean stopped) {
    if (!stopped.get()) {
      return;
    }
    try {
      TimeUnit.SECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the command in the foreground, as the user gave it; gives its exit code. */
  public static int run(List<String> arguments) {
    List<String> command = command("-Xmx2g");
    command.addAll(arguments);
    command.add("--exit-with-stdin");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static List<String> command(String... jvm) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvm));
    command.addAll(List.of("-jar", jar().toString()));
    return command;
  }

  private static Path jar() {
    return jar(ownJar().getParent());
  }

  private static Path ownJar() {
    try {
      return Path.of(
          SandboxProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class without a place", e);
    }
  }

  /**
   * The sandbox's jar.
   *
   * @param program the folder of the command line's jar: the build leaves the sandbox's in its own
   *     module's target folder, a release in a folder beside
   */
  static Path jar(Path program) {
    Path released = program.resolve("../sandbox/quickpage-index-sandbox.jar").normalize();
    if (Files.exists(released)) {
      return released;
    }
    Path home = program.resolve("../..").normalize();
    Path built = home.resolve("infrastructure/sandbox/target/quickpage-index-sandbox.jar");
    if (Files.exists(built)) {
      return built;
    }
    if (program.endsWith("target")) {
      throw new RefusedException(
          "There is no sandbox %s; build it with ./mvnw package.".formatted(built));
    }
    throw new NoSandboxException();
  }

  /** Its address, such as {@code http://127.0.0.1:40123}. */
  public String server() {
    return server;
  }

  /** Stops the server and waits for its end. */
  @Override
  public void close() {
    stop(process);
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
