package quickpage.index;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls between the rooms of this module. */
class CommandLineArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("quickpage.index");

  private static final String[] OWN = {
    "quickpage.index.cli..",
    "quickpage.index.embedded..",
    "quickpage.index.local..",
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
  void theRunnerKnowsNoStage() {
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
            "quickpage.index.local..",
            "quickpage.index.embedded.aws..")
        .check(CLASSES);
  }

  @Test
  void theEmbeddedServersKnowNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.embedded.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "quickpage.index.workflow..",
            "quickpage.index.plan..",
            "quickpage.index.batch..",
            "quickpage.index.compose..",
            "quickpage.index.finish..",
            "quickpage.index.neuprint..")
        .check(CLASSES);
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
