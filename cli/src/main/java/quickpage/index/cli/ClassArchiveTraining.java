package quickpage.index.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import quickpage.index.neuprint.client.NeuPrintPriming;

/**
 * What the launcher has done once after a build so that the JVM can keep the classes of it: the
 * help, and a cold and a warm run against a server of its own on this machine, which answers for a
 * dataset of one type. It needs no sandbox, so that it works wherever the command line does; the
 * token that a run looks for is in the environment.
 */
public final class ClassArchiveTraining {

  /** Then there will be no archive; everything works without it. */
  private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

  private ClassArchiveTraining() {}

  public static void main(String[] arguments) throws IOException {
    endAfter(TIME_LIMIT);
    PreparedAnswer.print("--version");
    PreparedAnswer.print("--help");
    Path folder = Files.createTempDirectory("quickpage-index-training");
    int exitCode;
    try {
      exitCode = runTwice(folder);
    } finally {
      remove(folder);
    }
    System.exit(exitCode);
  }

  private static int runTwice(Path folder) throws IOException {
    Path page = folder.resolve("site/types").resolve(NeuPrintPriming.TYPE + ".html");
    Files.createDirectories(page.getParent());
    Files.writeString(page, "<!doctype html><title>A type</title>");
    HttpServer neuPrint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    neuPrint.createContext("/", ClassArchiveTraining::answer);
    neuPrint.start();
    try {
      int exitCode = 0;
      for (int round = 0; round < 2 && exitCode == 0; round++) {
        exitCode =
            QuickpageIndex.execute(
                "run",
                "--site",
                folder.resolve("site").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--server",
                "http://127.0.0.1:" + neuPrint.getAddress().getPort(),
                "--dataset",
                NeuPrintPriming.VERSION.dataset());
      }
      return exitCode;
    } finally {
      neuPrint.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      byte[] answer =
          NeuPrintPriming.answer(exchange.getRequestURI().getPath(), body)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static void endAfter(Duration limit) {
    Thread watch =
        new Thread(
            () -> {
              try {
                Thread.sleep(limit.toMillis());
                Runtime.getRuntime().halt(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "time-limit");
    watch.setDaemon(true);
    watch.start();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
