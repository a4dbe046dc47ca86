package quickpage.index.deployed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts functions as Lambda does: the deployable jar, Java 25, the heap, the processors and the
 * share of their time that a function's memory brings; AWS as far away as in its region. Those with
 * SnapStart are ready to be called as after a restore, and were not held while they started.
 */
final class HeldFunctions implements ScenarioDeployment.Launcher, AutoCloseable {

  private final Path java;
  private final Path code;
  private final List<CpuQuota> quotas = new ArrayList<>();
  private FunctionSize size;

  /** Unpacks the jar into a new folder there. */
  HeldFunctions(Path folder) throws IOException {
    java =
        DeployableJar.java25()
            .orElseThrow(
                () -> new IOException("No JDK 25 is installed, the Java that is deployed."));
    code = folder.resolve("task");
    DeployableJar.unpack(code);
    addLatency();
  }

  /** In the jar's folder, for only there the function's own classes are seen. */
  private void addLatency() throws IOException {
    String file = AddedLatency.class.getName().replace('.', '/') + ".class";
    Path there = code.resolve(file);
    Files.createDirectories(there.getParent());
    try (var bytes = AddedLatency.class.getClassLoader().getResourceAsStream(file)) {
      Files.copy(bytes, there);
    }
    Path declaration = code.resolve(AwsCallRecorder.DECLARED_IN);
    Files.createDirectories(declaration.getParent());
    Files.writeString(declaration, AddedLatency.class.getName());
  }

  /** Functions that are started from now on have this size. */
  void resize(FunctionSize next) throws IOException {
    size = next;
    quotas.add(CpuQuota.of(next.processors()));
  }

  @Override
  public FunctionProcess start(
      String stage, String handler, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    boolean restored = !stage.equals("start");
    List<String> settings =
        new ArrayList<>(
            List.of(
                FunctionProcess.COMPILE_QUICKLY,
                "-Xmx%dm".formatted(size.heapMegabytes()),
                "-XX:ActiveProcessorCount=" + size.visibleProcessors()));
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(size.megabytes()));
    if (restored) {
      all.putAll(FunctionProcess.SNAP_START);
      settings.add(FunctionProcess.HEARS_OF_SNAPSHOTS);
    }
    FunctionProcess function =
        FunctionProcess.boot(
            java, settings, FunctionProcess.runtimeClient(), code, handler, all, log);
    CpuQuota quota = quotas.get(quotas.size() - 1);
    if (restored) {
      function.awaitSnapshot();
      quota.hold(function.process());
      function.restore();
    } else {
      quota.hold(function.process());
    }
    return function;
  }

  /** The functions must have ended. */
  @Override
  public void close() throws IOException {
    for (CpuQuota quota : quotas) {
      quota.close();
    }
  }
}
