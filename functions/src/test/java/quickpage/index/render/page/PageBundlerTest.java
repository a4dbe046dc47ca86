package quickpage.index.render.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program that the build runs to bundle the page's sources. */
class PageBundlerTest {
  /** Writes which module it was started with, and a map where one is asked for. */
  private static final String ESBUILD =
      """
      #!/bin/sh
      for argument; do
        case $argument in
          --outfile=*) file=${argument#*=} ;;
          --sourcemap=external) map=yes ;;
        esac
      done
      [ -z "$file" ] || echo "bundled $1" >"$file"
      [ -z "$map" ] || echo map >"$file.map"
      """;

  @TempDir static Path classes;
  @TempDir Path folder;

  private Path sources;
  private Path output;
  private Path work;

  private record Ended(int code, String said) {}

  @BeforeAll
  static void compile() {
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all",
                "-Werror",
                "-d",
                classes.toString(),
                "src/build/java/PageBundler.java");
    assertThat(code).isZero();
  }

  @BeforeEach
  void writeSources() throws IOException {
    sources = Files.createDirectories(folder.resolve("sources"));
    output = folder.resolve("output");
    work = folder.resolve("work");
    source("theme.js", "/** Colours. */\ntry {\n  paint();\n} catch {\n  // None.\n}\n");
    source("page.css", "/* In order. */\n@import \"./base.css\";\n@import \"./more.css\";\n");
    source("base.css", "/* The frame,\n   and type. */\na {\n  color: red;\n}\n");
    source("more.css", "b {\n  /* Above. */\n  z-index: 3;\n}\n");
    source("main.js", "import { two } from \"./b.js\";\n\nstart(two);\n");
    source("a.js", "const GAP = 1;\n\n/** One. */\nexport const one = GAP;\n");
    source(
        "b.js",
        """
        import { one as first } from "./a.js";

        const GAP = 2;

        export function two() {
          // A sum.
          return first + GAP;
        }
        """);
  }

  @Test
  void withoutEsbuildEachModuleIsABlockAfterThoseThatItImports() throws Exception {
    Ended ended = bundle("none");

    assertThat(ended.code()).isZero();
    assertThat(ended.said())
        .contains("joined from its modules and not minified: that was asked for.");
    assertThat(output.resolve("page.js"))
        .hasContent(
            """
            (() => {
            "use strict";
            const modules = {};
            {
            const GAP = 1;

            const one = GAP;
            modules["a.js"] = { one };
            }
            {
            const { one: first } = modules["a.js"];

            const GAP = 2;

            function two() {
              return first + GAP;
            }
            modules["b.js"] = { two };
            }
            {
            const { two } = modules["b.js"];

            start(two);
            modules["main.js"] = {  };
            }
            })();
            """);
  }

  @Test
  void withoutEsbuildStyleAndThemeLoseTheirComments() throws Exception {
    assertThat(bundle("none").code()).isZero();

    assertThat(output.resolve("page.css"))
        .hasContent("a {\n  color: red;\n}\nb {\n  z-index: 3;\n}\n");
    assertThat(output.resolve("theme.js")).hasContent("try {\n  paint();\n} catch {\n}\n");
  }

  @Test
  void theSameSourcesGiveTheSameBytes() throws Exception {
    sources = Path.of("src/main/web");
    output = folder.resolve("first");
    assertThat(bundle("none").code()).isZero();
    output = folder.resolve("second");
    assertThat(bundle("none").code()).isZero();

    for (String name : List.of("page.js", "page.css", "theme.js")) {
      assertThat(folder.resolve("second").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(name));
    }
  }

  @Test
  void modulesThatImportEachOtherAreRefused() throws Exception {
    source("a.js", "import { two } from \"./b.js\";\n\nexport const one = two;\n");

    Ended ended = bundle("none");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said())
        .contains("The modules import each other in a circle: [main.js, b.js, a.js].");
  }

  @Test
  void aModuleThatCannotBeJoinedIsNamedWithItsLine() throws Exception {
    source("a.js", "export default 1;\n");

    Ended ended = bundle("none");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).contains("a.js cannot be joined without esbuild: export default 1;");
  }

  @Test
  void anEsbuildThatIsNotThereIsNamed() throws Exception {
    Ended ended = bundle(folder.resolve("nowhere").toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).contains("nowhere is no esbuild that runs here.");
  }

  @Test
  void whereNeitherMavenNorThePathHasAnEsbuildTheModulesAreJoinedAndItIsSaid() throws Exception {
    Ended ended = bundle("auto");

    assertThat(ended.code()).isZero();
    assertThat(ended.said()).contains("neither Maven nor the PATH has an esbuild for ");
    assertThat(output.resolve("page.js")).content().startsWith("(() => {\n\"use strict\";");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anEsbuildOnThePathIsTakenAndItsMapLiesApart() throws Exception {
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("esbuild");
    executable(program, ESBUILD);

    Ended ended = bundle("auto", Map.of("PATH", program.getParent() + ":/usr/bin:/bin"));

    assertThat(ended).isEqualTo(new Ended(0, ""));
    assertThat(output.resolve("page.js")).hasContent("bundled main.js\n");
    assertThat(output.resolve("page.css")).hasContent("bundled page.css\n");
    assertThat(output.resolve("theme.js")).hasContent("bundled theme.js\n");
    assertThat(output.resolve("page.js.map")).doesNotExist();
    assertThat(work.resolve("page.js.map")).hasContent("map\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anEsbuildThatMavenBringsIsTaken() throws Exception {
    Path jar = folder.resolve("esbuild.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("META-INF/resources/_static/any/9.9.9/bin/esbuild"));
      zip.write(ESBUILD.getBytes(UTF_8));
    }
    maven("mkdir -p \"${file%/*}\" && cp '" + jar + "' \"$file\"");

    Ended ended = bundleWithMaven();

    assertThat(ended).isEqualTo(new Ended(0, ""));
    assertThat(output.resolve("page.js")).hasContent("bundled main.js\n");
    assertThat(folder.resolve("asked"))
        .content()
        .contains("dependency:get", "-Dartifact=org.mvnpm.at.esbuild:", ":9.9.9");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aMavenThatHasNoneForThisSystemIsAskedOnceAndEndsNothing() throws Exception {
    maven("exit 1");

    Ended first = bundleWithMaven();
    Ended second = bundleWithMaven();

    assertThat(List.of(first.code(), second.code())).containsOnly(0);
    assertThat(second.said()).contains("neither Maven nor the PATH has an esbuild for ");
    assertThat(folder.resolve("asked")).content().containsOnlyOnce("dependency:get");
  }

  @Test
  void otherArgumentsAreWrongUsage() throws Exception {
    Ended ended = run(List.of(), List.of(sources.toString()), Map.of());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).startsWith("usage: PageBundler SOURCES OUTPUT WORK");
  }

  /** A Maven that notes what it is asked for, and does what a line of a shell script says. */
  private void maven(String line) throws IOException {
    Path program = Files.createDirectories(folder.resolve("maven/bin")).resolve("mvn");
    executable(
        program,
        """
        #!/bin/sh
        echo "$@" >>'%1$s/asked'
        for argument; do
          case $argument in -Dartifact=*) system=${argument#*:} ;; esac
        done
        system=${system%%:*}
        file="%1$s/repository/org/mvnpm/at/esbuild/$system/9.9.9/$system-9.9.9.jar"
        %2$s
        """
            .formatted(folder, line));
  }

  private Ended bundleWithMaven() throws IOException, InterruptedException {
    return run(
        List.of(
            "-Desbuild.version=9.9.9",
            "-Dmaven.home=" + folder.resolve("maven"),
            "-Dmaven.repository=" + folder.resolve("repository")),
        List.of(sources.toString(), output.toString(), work.toString(), "auto"),
        Map.of("PATH", "/usr/bin:/bin"));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void source(String name, String text) throws IOException {
    Files.writeString(sources.resolve(name), text);
  }

  /** With an empty PATH. */
  private Ended bundle(String esbuild) throws IOException, InterruptedException {
    return bundle(esbuild, Map.of("PATH", folder.toString()));
  }

  private Ended bundle(String esbuild, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(
        List.of(),
        List.of(sources.toString(), output.toString(), work.toString(), esbuild),
        environment);
  }

  private static Ended run(
      List<String> properties, List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1"));
    command.addAll(properties);
    command.addAll(List.of("-cp", classes.toString(), "PageBundler"));
    command.addAll(arguments);
    ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
    program.environment().putAll(environment);
    Process running = program.start();
    String said = new String(running.getInputStream().readAllBytes(), UTF_8);
    return new Ended(running.waitFor(), said);
  }
}
