package quickpage.index.deployed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds processes together to a share of a processor, as Lambda holds a function: a control group
 * of Linux, of the first or the second version, which only root may make.
 */
final class CpuQuota implements AutoCloseable {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  /** Microseconds; short, so that a pause is not seen as latency. */
  private static final int PERIOD = 20_000;

  private final Path group;

  private CpuQuota(Path group) {
    this.group = group;
  }

  /**
   * Makes a group.
   *
   * @param processors seconds of processor time in a second
   * @throws IOException if this machine lets nobody make one
   */
  static CpuQuota of(double processors) throws IOException {
    String name =
        "quickpage-index-%d-%d".formatted(ProcessHandle.current().pid(), System.nanoTime());
    long quota = Math.round(processors * PERIOD);
    boolean first = Files.isDirectory(GROUPS.resolve("cpu"));
    Path group = GROUPS.resolve(first ? "cpu" : ".").resolve(name).normalize();
    try {
      Files.createDirectory(group);
      if (first) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        Files.writeString(group.resolve("cpu.max"), "%d %d".formatted(quota, PERIOD));
      }
    } catch (IOException e) {
      throw new IOException(
          "A process can be held to a share of a processor by root on Linux alone: " + e, e);
    }
    return new CpuQuota(group);
  }

  /** A process and all that it starts from now on. */
  void hold(Process process) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
  }

  /** The processes must have ended. */
  @Override
  public void close() throws IOException {
    Files.delete(group);
  }
}
