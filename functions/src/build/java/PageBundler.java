import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes of the page's sources what readers load: {@code page.js} and {@code page.css}, and {@code
 * theme.js}, which stands in the page itself. The build runs this file as it is; it needs a JDK and
 * nothing else.
 *
 * <p>esbuild bundles and minifies, and makes a source map, which lies apart from what is published.
 * Its program for this system comes from Maven, else from the PATH. Where neither has one, the
 * modules are joined as they are, without their comments, and a line says so. The result is always
 * a classic script, because browsers load no modules from disk.
 */
public final class PageBundler {
  /** What docs/page.md promises: all have {@code :has()} and {@code DecompressionStream}. */
  private static final String BROWSERS = "--target=chrome105,edge105,firefox121,safari16.4";

  private static final String USAGE =
      """
      usage: PageBundler SOURCES OUTPUT WORK [auto | none | ESBUILD]

      Writes page.js, page.css and theme.js to OUTPUT; the source map, and esbuild, to WORK. ESBUILD
      is the path of a program. For "auto" to ask Maven, these properties are needed: esbuild.version,
      maven.home, maven.repository (the local one), maven.offline.
      """;

  private PageBundler() {}

  /** Exit code 1: the sources cannot be bundled, and a sentence says why. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length < 3 || arguments.length > 4) {
      System.err.print(USAGE);
      System.exit(2);
    }
    Path sources = Path.of(arguments[0]);
    Path output = Files.createDirectories(Path.of(arguments[1]));
    Path work = Files.createDirectories(Path.of(arguments[2]));
    String choice = arguments.length == 4 ? arguments[3] : "auto";
    try {
      Optional<Path> esbuild = find(choice, work);
      if (esbuild.isPresent()) {
        minify(esbuild.get(), sources, output, work);
      } else {
        join(sources, output);
        Files.deleteIfExists(work.resolve("page.js.map"));
        System.out.println(
            "The page's script is joined from its modules and not minified: "
                + (choice.equals("none")
                    ? "that was asked for."
                    : "neither Maven nor the PATH has an esbuild for " + thisSystem() + "."));
      }
    } catch (CannotBundleException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static final class CannotBundleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotBundleException(String message) {
      super(message);
    }
  }

  private static Optional<Path> find(String choice, Path work)
      throws IOException, InterruptedException {
    if (choice.equals("none")) {
      return Optional.empty();
    }
    if (!choice.equals("auto")) {
      Path given = Path.of(choice);
      if (!works(given)) {
        throw new CannotBundleException(choice + " is no esbuild that runs here.");
      }
      return Optional.of(given);
    }
    Optional<Path> fromMaven = fromMaven(work);
    if (fromMaven.isPresent()) {
      return fromMaven;
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      for (String name : List.of("esbuild", "esbuild.exe", "esbuild.cmd")) {
        File candidate = new File(folder, name);
        if (!folder.isBlank() && candidate.isFile() && works(candidate.toPath())) {
          return Optional.of(candidate.toPath());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean works(Path esbuild) throws InterruptedException {
    if (!Files.isExecutable(esbuild)) {
      return false;
    }
    try {
      return new ProcessBuilder(esbuild.toString(), "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException madeForAnotherSystem) {
      return false;
    }
  }

  /** npm's name for this system, such as darwin-arm64. */
  private static String thisSystem() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = name.startsWith("windows") ? "win32" : name.startsWith("mac") ? "darwin" : name;
    String processor = System.getProperty("os.arch");
    return system
        + "-"
        + switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
  }

  /**
   * The program in the artifact for this system. Not every repository has it for every system, and
   * a dependency that is not there would end the build; so Maven is asked apart from it, once.
   */
  private static Optional<Path> fromMaven(Path work) throws IOException, InterruptedException {
    String version = System.getProperty("esbuild.version", "");
    String home = System.getProperty("maven.home", "");
    if (version.isBlank() || home.isBlank()) {
      return Optional.empty();
    }
    String system = thisSystem();
    Path jar =
        Path.of(
            System.getProperty("maven.repository"),
            "org/mvnpm/at/esbuild",
            system,
            version,
            system + "-" + version + ".jar");
    Path missing = work.resolve("esbuild-" + version + "-is-not-there");
    if (!Files.exists(jar) && !Files.exists(missing)) {
      ask(home, "org.mvnpm.at.esbuild:" + system + ":" + version);
    }
    if (!Files.exists(jar)) {
      Files.writeString(missing, "Maven has no esbuild " + version + " for " + system + ".\n");
      return Optional.empty();
    }
    Path program = unpacked(jar, work);
    return works(program) ? Optional.of(program) : Optional.empty();
  }

  private static void ask(String home, String artifact) throws IOException, InterruptedException {
    boolean windows = File.separatorChar == '\\';
    List<String> command =
        new ArrayList<>(List.of(Path.of(home, "bin", windows ? "mvn.cmd" : "mvn").toString()));
    command.addAll(List.of("-q", "-B", "-ntp", "dependency:get", "-Dtransitive=false"));
    command.add("-Dartifact=" + artifact);
    command.add("-Dmaven.repo.local=" + System.getProperty("maven.repository"));
    if (Boolean.getBoolean("maven.offline")) {
      command.add("-o");
    }
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** The program in a jar of {@code org.mvnpm.at.esbuild}, which is npm's package as it is. */
  private static Path unpacked(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry program =
          zip.stream()
              .filter(entry -> entry.getName().matches(".*/(bin/esbuild|esbuild\\.exe)"))
              .findFirst()
              .orElseThrow(() -> new CannotBundleException(jar + " holds no esbuild."));
      Path target = folder.resolve(program.getName().replaceAll(".*/", ""));
      if (!Files.exists(target) || Files.size(target) != program.getSize()) {
        try (InputStream in = zip.getInputStream(program)) {
          Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!target.toFile().setExecutable(true)) {
          throw new CannotBundleException(target + " cannot be made executable.");
        }
      }
      return target;
    }
  }

  private static void minify(Path esbuild, Path sources, Path output, Path work)
      throws IOException, InterruptedException {
    run(esbuild, sources, output, "main.js", "page.js", "--format=iife", "--sourcemap=external");
    run(esbuild, sources, output, "theme.js", "theme.js", "--format=iife");
    run(esbuild, sources, output, "page.css", "page.css");
    Files.move(
        output.resolve("page.js.map"),
        work.resolve("page.js.map"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void run(
      Path esbuild, Path sources, Path output, String from, String to, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                esbuild.toAbsolutePath().toString(),
                from,
                "--bundle",
                "--minify",
                "--charset=utf8",
                "--legal-comments=none",
                "--log-level=warning",
                BROWSERS,
                "--outfile=" + output.toAbsolutePath().resolve(to)));
    command.addAll(List.of(options));
    // Started in their folder, so that the map names the sources in the same way on every machine.
    int code =
        new ProcessBuilder(command).directory(sources.toFile()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new CannotBundleException("esbuild cannot bundle " + sources.resolve(from) + ".");
    }
  }

  private static void join(Path sources, Path output) throws IOException {
    write(output.resolve("page.js"), new Modules(sources).joined("main.js"));
    write(output.resolve("theme.js"), withoutComments(read(sources.resolve("theme.js"))));
    write(output.resolve("page.css"), joinedStyle(sources));
  }

  /**
   * Modules as one classic script: each a block of its own, after those that it imports, what it
   * exports kept in one object, what it imports taken from there. Knows the forms that the page's
   * modules use, and refuses others.
   */
  private static final class Modules {
    private static final Pattern IMPORT =
        Pattern.compile("^import (\\{[^}]*\\}) from \"\\./([a-z-]+\\.js)\";$", Pattern.MULTILINE);
    private static final Pattern EXPORT =
        Pattern.compile(
            "^export (?=(?:async )?(?:function|class|const) (\\w+))", Pattern.MULTILINE);
    private static final Pattern OTHER = Pattern.compile("(?m)^(?:import|export)\\b.*$");

    private final Path folder;
    private final Map<String, String> blocks = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    Modules(Path folder) {
      this.folder = folder;
    }

    String joined(String entry) throws IOException {
      add(entry);
      return "(() => {\n\"use strict\";\nconst modules = {};\n"
          + String.join("", blocks.values())
          + "})();\n";
    }

    private void add(String name) throws IOException {
      if (blocks.containsKey(name)) {
        return;
      }
      if (!open.add(name)) {
        throw new CannotBundleException("The modules import each other in a circle: " + open + ".");
      }
      String source = withoutComments(read(folder.resolve(name)));
      for (String imported :
          IMPORT.matcher(source).results().map(found -> found.group(2)).toList()) {
        add(imported);
      }
      open.remove(name);
      blocks.put(name, block(name, source));
    }

    private static String block(String name, String source) {
      String exports =
          EXPORT
              .matcher(source)
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.joining(", "));
      String body =
          IMPORT
              .matcher(source)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          "const "
                              + found.group(1).replace(" as ", ": ")
                              + " = modules[\""
                              + found.group(2)
                              + "\"];"));
      body = EXPORT.matcher(body).replaceAll("");
      Matcher other = OTHER.matcher(body);
      if (other.find()) {
        throw new CannotBundleException(
            String.format(
                Locale.ROOT, "%s cannot be joined without esbuild: %s", name, other.group()));
      }
      return "{\n" + body + "modules[\"" + name + "\"] = { " + exports + " };\n}\n";
    }
  }

  /** The files that {@code page.css} imports. */
  private static String joinedStyle(Path sources) throws IOException {
    Matcher imports =
        Pattern.compile("@import \"\\./([a-z-]+\\.css)\";")
            .matcher(read(sources.resolve("page.css")));
    StringBuilder style = new StringBuilder();
    while (imports.find()) {
      style.append(withoutComments(read(sources.resolve(imports.group(1)))));
    }
    return style.toString();
  }

  /** Comments stand on lines of their own. */
  private static String withoutComments(String source) {
    return source.replaceAll("(?ms)^[ ]*/\\*.*?\\*/\\n", "").replaceAll("(?m)^[ ]*//.*\\n", "");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
