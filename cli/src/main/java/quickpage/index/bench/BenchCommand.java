package quickpage.index.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import quickpage.index.io.BuildVersion;
import quickpage.index.local.SandboxProcess;

/** {@code quickpage-index bench}. */
@Command(
    name = "bench",
    description =
        "Measures runs beside what users would do instead, against one server on this machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {

  private static final int DEFAULT_LATENCY = 200;

  @Spec private CommandSpec spec;

  @Option(
      names = "--all",
      description =
          "Both sizes, small (2,000 types, 30,000 neurons) and male-cns (11,700 and 166,000), at 0,"
              + " 50 and 200 ms. Default: male-cns at 200 ms, which takes some minutes.")
  private boolean all;

  @Option(names = "--small", description = "Only the small size.")
  private boolean small;

  @Option(
      names = "--types",
      paramLabel = "N",
      description = "A size of your own, for a quick look: so many types, with --neurons.")
  private Integer types;

  @Option(names = "--neurons", paramLabel = "N", description = "Neurons of all types.")
  private Integer neurons;

  @Option(
      names = "--latency",
      paramLabel = "MILLISECONDS",
      split = ",",
      description =
          "Added to each answer of the server; several with commas. All scenarios are measured at"
              + " the longest, a cold and a warm run at the others. Default: 200.")
  private List<Integer> latencies = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Measure so many times. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Ask for so many types one by one, as QuickPage does. Default: ${DEFAULT-VALUE}.")
  private int sample;

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      hidden = true,
      description = "Measure this one, and not the launcher of this folder.")
  private Path launcher;

  @Option(names = "--json", description = "Print one JSON object on stdout.")
  private boolean json;

  @Override
  public Integer call() {
    List<DatasetSize> sizes = sizes();
    List<Integer> added = latencies();
    if (rounds < 1 || sample < 1) {
      throw wrong("--rounds and --sample must be at least 1.");
    }
    SandboxProcess.checkPresent();
    Path measured = launcher == null ? Launcher.ofThisBuild() : launcher.toAbsolutePath();
    BenchmarkResults results = new BenchmarkResults(version());
    PrintWriter err = spec.commandLine().getErr();
    for (DatasetSize size : sizes) {
      Path folder = temporaryFolder();
      try {
        Benchmark.measure(
            new Benchmark.Extent(size, added, rounds, sample),
            measured,
            folder,
            results,
            line -> {
              err.println(line);
              err.flush();
            });
      } finally {
        remove(folder);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(results.toJson());
      out.flush();
    } else {
      results.print(out);
    }
    return CommandLine.ExitCode.OK;
  }

  private List<DatasetSize> sizes() {
    if (types != null || neurons != null) {
      if (types == null || neurons == null || types < 1 || neurons < types) {
        throw wrong("--types and --neurons go together, with at least one neuron a type.");
      }
      return List.of(new DatasetSize("own", types, neurons));
    }
    if (all) {
      return List.of(DatasetSize.SMALL, DatasetSize.MALE_CNS);
    }
    return List.of(small ? DatasetSize.SMALL : DatasetSize.MALE_CNS);
  }

  private List<Integer> latencies() {
    if (latencies.stream().anyMatch(latency -> latency < 0)) {
      throw wrong("--latency must be at least 0.");
    }
    if (!latencies.isEmpty()) {
      return new ArrayList<>(latencies);
    }
    return all ? List.of(0, 50, DEFAULT_LATENCY) : List.of(DEFAULT_LATENCY);
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private static String version() {
    return "quickpage-index " + BuildVersion.current().sentence();
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("quickpage-index-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder stays: " + folder, e);
    }
  }
}
