package quickpage.index;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which packages of this module may depend on which. */
class CommandLineArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("quickpage.index");

  private static final String[] OWN = {
    "quickpage.index.bench..",
    "quickpage.index.cli..",
    "quickpage.index.compare..",
    "quickpage.index.local..",
    "quickpage.index.serve..",
    "quickpage.index.stack..",
    "quickpage.index.workflow.."
  };

  @Test
  void nobodyUsesTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("quickpage.index.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("quickpage.index.cli..")
        .check(CLASSES);
  }

  @Test
  void onlyACommandServesASiteAndServingKnowsNoStack() {
    noClasses()
        .that()
        .resideOutsideOfPackages("quickpage.index.serve..", "quickpage.index.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("quickpage.index.serve..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.serve..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("quickpage.index.stack..", "software.amazon..")
        .check(CLASSES);
  }

  /** {@code TransientFailure} is named by executions of earlier definitions of the workflow. */
  @Test
  void exceptionsEndInException() {
    classes()
        .that()
        .areAssignableTo(Throwable.class)
        .and()
        .doNotHaveSimpleName("TransientFailure")
        .should()
        .haveSimpleNameEndingWith("Exception")
        .check(CLASSES);
  }

  @Test
  void noTwoClassesShareASimpleName() {
    Map<String, List<String>> names =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    names.values().removeIf(same -> same.size() == 1);

    assertThat(names).isEmpty();
  }

  @Test
  void noPackagesDependOnEachOtherInACycle() {
    slices().matching("quickpage.index.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theRunnerKnowsNothingOfWhatItRuns() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.workflow..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "quickpage.index.plan..",
            "quickpage.index.batch..",
            "quickpage.index.compose..",
            "quickpage.index.finish..",
            "quickpage.index.neuprint..",
            "quickpage.index.cache..",
            "quickpage.index.site..",
            "quickpage.index.local..",
            "quickpage.index.stack..",
            "software.amazon..")
        .check(CLASSES);
  }

  @Test
  void aRunOnOneMachineGoesStraightThroughThePorts() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "quickpage.index.stack..",
            "software.amazon..",
            "com.amazonaws.services.dynamodbv2..",
            "org.gaul..",
            "com.sun.net.httpserver..",
            "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void aStackIsDrivenWithoutWhatRunsOnOneMachine() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.stack..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("quickpage.index.local..", "quickpage.index.workflow..", "org.sqlite..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.gaul.s3proxy.S3Proxy",
        "com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler",
        "org.eclipse.jetty.server.Server"
      })
  void noEmulatorIsOnTheClassPath(String emulator) {
    assertThatThrownBy(() -> Class.forName(emulator)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void nothingThatIsDeployedKnowsThisModule() {
    noClasses()
        .that()
        .resideOutsideOfPackages(OWN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OWN)
        .check(CLASSES);
  }

  @Test
  void theSandboxIsAnotherProcess() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("quickpage.index.sandbox..", "org.neo4j..")
        .check(CLASSES);
  }

  @Test
  void aNameSaysWhatAClassIs() {
    classes()
        .should()
        .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Processor)(\\$.*)?")
        .check(CLASSES);
  }
}
