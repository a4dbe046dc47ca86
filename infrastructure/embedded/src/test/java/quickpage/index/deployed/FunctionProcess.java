package quickpage.index.deployed;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** A function as Lambda starts it: in AWS's own runtime client, in a process of its own. */
final class FunctionProcess implements AutoCloseable {

  /**
   * As the template's JAVA_TOOL_OPTIONS say: from Java 25 on Lambda would let the JVM compile as it
   * likes where there is a snapshot
   * (https://aws.amazon.com/blogs/compute/aws-lambda-now-supports-java-25/).
   */
  static final String COMPILE_QUICKLY = "-XX:TieredStopAtLevel=1";

  /** With which value the runtime client tells the function of a coming snapshot. */
  static final Map<String, String> SNAP_START =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  /** Makes org.crac, which the function speaks, that of the runtime client. */
  static final String HEARS_OF_SNAPSHOTS =
      "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private static final String NATIVE_LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /**
   * The runtime client's library, unpacked once for this JVM, or null if the client has none for
   * this machine. By itself each process of the client writes it to the same file in /tmp, and one
   * that writes while another loads ends that other with SIGBUS.
   */
  private static final Path NATIVE_LIBRARY = unpackNativeLibrary();

  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private FunctionProcess(RuntimeApi api, Process process, Path log) {
    this.api = api;
    this.process = process;
    this.log = log;
  }

  private static Path unpackNativeLibrary() {
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    boolean musl = Files.exists(Path.of("/etc/alpine-release"));
    String name =
        "/jni/libaws-lambda-jni.%s-%s.so".formatted(musl ? "linux_musl" : "linux", processor);
    try (InputStream library = AWSLambda.class.getResourceAsStream(name)) {
      if (library == null || !System.getProperty("os.name").equals("Linux")) {
        return null;
      }
      Path file = Files.createTempFile("aws-lambda-jni", ".so");
      file.toFile().deleteOnExit();
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The runtime client and what it needs, which in Lambda is there beside the function's code. */
  static List<String> runtimeClient() {
    return Stream.of(
            AWSLambda.class,
            RequestStreamHandler.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toList();
  }

  /**
   * Starts a function.
   *
   * @param java the executable
   * @param settings of the JVM, such as its heap
   * @param code folder of the function's code
   * @param environment beside that of this process without its own AWS and NeuPrint settings
   */
  static FunctionProcess boot(
      Path java,
      List<String> settings,
      List<String> classPath,
      Path code,
      String handler,
      Map<String, String> environment,
      Path log)
      throws IOException {
    RuntimeApi api = RuntimeApi.start();
    List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC"));
    command.addAll(settings);
    if (NATIVE_LIBRARY != null) {
      command.add("-D" + NATIVE_LIBRARY_PROPERTY + "=" + NATIVE_LIBRARY);
    }
    command.add("-cp");
    command.add(classPath.stream().collect(Collectors.joining(File.pathSeparator)));
    command.add(AWSLambda.class.getName());
    command.add(handler);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("NEUPRINT") || name.startsWith("AWS"));
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("LAMBDA_TASK_ROOT", code.toString());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    variables.putAll(environment);
    Process process =
        builder
            .directory(code.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new FunctionProcess(api, process, log);
  }

  Process process() {
    return process;
  }

  /**
   * Waits until Lambda would take the snapshot, of a function that was started with {@link
   * #SNAP_START}.
   */
  void awaitSnapshot() throws IOException, InterruptedException {
    if (!api.awaitSnapshot()) {
      throw new IOException("no snapshot could be taken\n" + Files.readString(log));
    }
  }

  /** Lets it take events, as a function does that was restored from its snapshot. */
  void restore() {
    api.restore();
  }

  /**
   * Hands it an event and waits for the answer.
   *
   * @throws AssertionError if it answers with an error, or not at all; says what it logged
   */
  String call(String event) throws IOException, InterruptedException {
    api.send(event);
    RuntimeApi.Answer answer = api.answerOf(process);
    if (answer == null || !answer.kind().equals("response")) {
      throw new AssertionError(answer + "\n" + Files.readString(log));
    }
    return answer.body();
  }

  /** What it has worked until now, on all processors. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory that it had until now, all of it, in MB; Linux alone tells. */
  long peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
