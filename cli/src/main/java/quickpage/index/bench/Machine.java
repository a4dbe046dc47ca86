package quickpage.index.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What was measured on.
 *
 * @param processor its model
 * @param processors how many the JVM may use
 * @param memoryMegabytes of the machine or the container
 * @param system name and version of the operating system
 * @param java version of the JVM
 */
record Machine(String processor, int processors, long memoryMegabytes, String system, String java) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  static Machine here() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize() >> 20,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.runtime.version"));
  }

  private static String processorModel() {
    if (Files.isReadable(PROCESSORS)) {
      try (Stream<String> lines = Files.lines(PROCESSORS)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        // Then the architecture has to do.
      }
    }
    return System.getProperty("os.arch");
  }
}
