package quickpage.index.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.sandbox.connectome.Connectome;
import quickpage.index.sandbox.connectome.ConnectomeExport;
import quickpage.index.sandbox.connectome.CsvConnectome;
import quickpage.index.sandbox.connectome.DatasetName;
import quickpage.index.sandbox.connectome.GeneratedConnectome;
import quickpage.index.sandbox.connectome.HemibrainConnectome;
import quickpage.index.sandbox.connectome.RefusedInputException;
import quickpage.index.sandbox.connectome.SpokenDuration;
import quickpage.index.sandbox.http.NeuPrintServer;

/** The command line: reads the options, starts a {@link Sandbox}, and waits to be stopped. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    version = "1.0.0",
    sortOptions = false,
    description = {
      "A NeuPrint server on this machine, for trying things out and for tests: the HTTP API of"
          + " neuPrintHTTP on a real Neo4j, with a generated dataset or one from files. Queries"
          + " that write are refused.",
      "",
      "Requests need an 'Authorization: Bearer TOKEN' header. The token is that of --token, better"
          + " that of the environment variable QUICKPAGE_SANDBOX_TOKEN; without either, any"
          + " well-formed token will do."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped", "1:failed", "2:wrong options, files or store"})
final class SandboxServerCommand implements Callable<Integer> {
  private static final String TOKEN_VARIABLE = "QUICKPAGE_SANDBOX_TOKEN";
  private static final int NEURONS_PER_TYPE = 15;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      required = true,
      description = "Port to listen on; 0 for a free one, named in the line that is printed.")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}, this machine only.")
  private String bind;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "Name of the dataset, such as hemibrain:v1.2.1 (default: male-cns:v0.9, or what --meta"
              + " says). What stands before the colon (cns, male-cns, hemibrain, optic-lobe,"
              + " flywire-fafb) decides on regions and properties.")
  private String dataset;

  @Option(
      names = "--types",
      paramLabel = "N",
      description = "Neuron types to generate. Default: 1000.")
  private Integer types;

  @Option(
      names = "--neurons",
      paramLabel = "N",
      description =
          "Neurons with a type to generate; one in a hundred more has none. Default: 15 a type.")
  private Integer neurons;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the generated data, the order of rows and the injected failures. Default: 1.")
  private Long seed;

  @Option(
      names = "--awkward-names",
      description =
          "Give types also names that are hard on file names, queries, HTML and URLs, such as"
              + " DNp16/17, $type or <b>bold</b>; half of the types at most.")
  private boolean awkwardNames;

  @Option(
      names = "--hemibrain",
      description =
          "Serve the real neurons of hemibrain v1.2.1 (Scheffer et al. 2020, CC BY 4.0), which come"
              + " with the sandbox: 25,397 neurons, 5,620 types. How their synapses spread over"
              + " regions is made up from the types' names.")
  private boolean hemibrain;

  @Option(
      names = "--neurons-csv",
      paramLabel = "FILE",
      description =
          "Serve these neurons instead of generated ones: CSV (gzipped if the name ends in .gz), a"
              + " header of property names with bodyId, a neuron a row. An empty cell is an absent"
              + " property. bodyId, pre, post, upstream, downstream, size and"
              + " celltypeTotalNtPredictions are whole numbers, celltypePredictedNtConfidence and"
              + " predictedNtProb decimals, roiInfo an object in JSON or Python's text of a dict;"
              + " every other column is text, or true and false if it holds nothing else. Tables"
              + " are taken as pandas' to_csv and R's write.csv write them: with an unnamed index"
              + " column, 395.0 for 395, True or TRUE, and NaN, nan, None, <NA> or NA without"
              + " quotes for an absent property. Nothing is made up for columns that are missing."
              + " All that is wrong is told at once, with what mends it in pandas.")
  private Path neuronsCsv;

  @Option(
      names = "--meta",
      paramLabel = "FILE",
      description =
          "Needed with --neurons-csv: a JSON object of the Meta node's properties (roiHierarchy and"
              + " roiInfo may be objects). Without uuid or lastDatabaseEdit in it the files'"
              + " content stands for them, so that an edited table is a new version; with both, the"
              + " version is what they say.")
  private Path meta;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "Keep the loaded database in this folder, and open it if it is there already and was made"
              + " from the same options or files. Default: a temporary folder.")
  private Path store;

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description =
          "Also write the dataset to DIR as neurons.csv and meta.json, as --neurons-csv and --meta"
              + " take them, and the names of all types to types.json. The dataset's uuid and"
              + " lastDatabaseEdit are left out, so that an edited export is a new version.")
  private Path export;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      defaultValue = "0",
      converter = DurationConverter.class,
      description = "Wait so long before every answer: 200ms, 1.5s or 0. Default: 0.")
  private Duration latency;

  @Option(
      names = "--error-rate",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of requests that fail for a reason that passes, from 0 to 1: 400 with a transient"
              + " error of Neo4j, 429, 502, 503, 504, a connection reset, a truncated answer."
              + " Default: 0.")
  private double errorRate;

  @Option(
      names = "--max-queries",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Queries that run at once. More wait, and the latency of every request grows with their"
              + " number: it is multiplied by queries present / N. A query that waited for 60 s is"
              + " answered 400 'Timeout experienced'; with more than 4 N waiting, 503 with"
              + " Retry-After. Default: ${DEFAULT-VALUE}, as the real server has.")
  private int maxQueries;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "The database ends a query after this time, with Neo.ClientError.Transaction."
              + "TransactionTimedOut; 0 for no limit. Default: ${DEFAULT-VALUE}.")
  private Duration timeLimit;

  @Option(
      names = "--memory-limit",
      paramLabel = "MIB",
      description =
          "Memory that one query may use in the database, in MiB; a query that needs more fails"
              + " with Neo.TransientError.General.MemoryPoolOutOfMemoryError. Default: no limit.")
  private Integer memoryLimitMib;

  @Option(
      names = "--token",
      paramLabel = "T",
      description =
          "Token that requests have to bring. Other users can see a command's options: better set "
              + TOKEN_VARIABLE
              + ".")
  private String token;

  @Option(
      names = "--json",
      description = "When ready, print one JSON object instead of a sentence.")
  private boolean json;

  @Option(
      names = "--exit-with-stdin",
      hidden = true,
      description =
          "Stop when standard input ends, so as not to outlive the process that started this.")
  private boolean exitWithStdin;

  @Option(
      names = "--control",
      hidden = true,
      description = "Let tests change and observe the server: /sandbox/control and /sandbox/log.")
  private boolean control;

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkNumbers();
    long begun = System.nanoTime();
    Connectome connectome = connectome();
    if (export != null) {
      ConnectomeExport.write(connectome, export);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    if (exitWithStdin) {
      stopWhenInputEnds(stopped);
    }
    Sandbox sandbox =
        Sandbox.start(
            connectome,
            Optional.ofNullable(store),
            Optional.ofNullable(memoryLimitMib).map(mib -> (long) mib << 20),
            settings());
    // Ctrl-C and kill: Neo4j closes its store, a temporary one is deleted.
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "shutdown"));
    announce(sandbox, connectome.name(), (System.nanoTime() - begun) / 1e9);
    stopped.await();
    return 0;
  }

  private Connectome connectome() {
    boolean generate = types != null || neurons != null;
    if (hemibrain) {
      if (generate || neuronsCsv != null || meta != null) {
        throw new RefusedInputException(
            "--hemibrain is a dataset of its own; it does not go with --types, --neurons,"
                + " --neurons-csv and --meta.");
      }
      return new HemibrainConnectome(
          dataset == null ? null : DatasetName.parse(dataset), awkwardNames);
    }
    if (neuronsCsv == null && meta == null) {
      int typeCount = types == null ? 1_000 : types;
      return new GeneratedConnectome(
          DatasetName.parse(dataset == null ? "male-cns:v0.9" : dataset),
          typeCount,
          neurons == null ? Math.multiplyExact(typeCount, NEURONS_PER_TYPE) : neurons,
          seed(),
          awkwardNames);
    }
    if (generate || awkwardNames) {
      throw new RefusedInputException(
          "--types, --neurons and --awkward-names generate a dataset; they do not go with"
              + " --neurons-csv and --meta.");
    }
    if (neuronsCsv == null || meta == null) {
      throw new RefusedInputException("--neurons-csv and --meta are needed together.");
    }
    return CsvConnectome.open(
        neuronsCsv, meta, Optional.ofNullable(dataset).map(DatasetName::parse));
  }

  private void checkNumbers() {
    if (port < 0 || port > 65_535) {
      throw new RefusedInputException("--port must be from 0 to 65535, not " + port + ".");
    }
    if (!(errorRate >= 0 && errorRate <= 1)) {
      throw new RefusedInputException("--error-rate must be from 0 to 1, not " + errorRate + ".");
    }
    if (maxQueries < 1) {
      throw new RefusedInputException("--max-queries must be at least 1, not " + maxQueries + ".");
    }
    if (memoryLimitMib != null && memoryLimitMib < 1) {
      throw new RefusedInputException(
          "--memory-limit must be at least 1 MiB, not " + memoryLimitMib + ".");
    }
  }

  private NeuPrintServer.Settings settings() {
    String fromEnvironment = System.getenv(TOKEN_VARIABLE);
    Optional<String> required =
        Optional.ofNullable(token == null ? fromEnvironment : token).filter(t -> !t.isBlank());
    return new NeuPrintServer.Settings(
        bind, port, required, latency, errorRate, timeLimit, maxQueries, seed(), control);
  }

  private long seed() {
    return seed == null ? 1 : seed;
  }

  private void announce(Sandbox sandbox, DatasetName name, double seconds) throws IOException {
    String host = bind.contains(":") ? "[" + bind + "]" : bind;
    String url = "http://" + host + ":" + sandbox.port();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> ready = new LinkedHashMap<>();
      ready.put("url", url);
      ready.put("dataset", name.toString());
      ready.put("types", sandbox.loaded().types());
      ready.put("neurons", sandbox.loaded().neurons());
      out.println(new ObjectMapper().writeValueAsString(ready));
    } else {
      out.printf(
          Locale.ROOT,
          "Sandbox ready: %s dataset %s (%d types, %d neurons) after %.1f s%n",
          url,
          name,
          sandbox.loaded().types(),
          sandbox.loaded().neurons(),
          seconds);
    }
    out.flush();
  }

  private static void stopWhenInputEnds(CountDownLatch stopped) {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException closed) {
                // As good as its end.
              }
              stopped.countDown();
            },
            "standard-input");
    watch.setDaemon(true);
    watch.start();
  }

  /** One sentence on standard error for whatever went wrong, and the exit code. */
  static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof RefusedInputException) {
      err.println(failure.getMessage());
      return 2;
    }
    err.println(
        "The sandbox failed: "
            + (failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage()));
    return 1;
  }

  static final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return SpokenDuration.parse(text);
      } catch (RefusedInputException refused) {
        throw new CommandLine.TypeConversionException(refused.getMessage());
      }
    }
  }
}
