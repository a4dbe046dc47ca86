package quickpage.index;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which packages of this module may depend on which. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("quickpage.index");

  private static final String[] STAGES = {
    "quickpage.index.start..",
    "quickpage.index.plan..",
    "quickpage.index.batch..",
    "quickpage.index.compose..",
    "quickpage.index.finish.."
  };

  /** What any package may use. */
  private static final DescribedPredicate<JavaClass> SHARED =
      resideInAnyPackage(
          "quickpage.index.model..",
          "quickpage.index.error..",
          "quickpage.index.json..",
          "quickpage.index.text..");

  private static final String[] CLIENTS = {
    "software.amazon..", "okhttp3..", "okio..", "com.amazonaws..", "java.net.http.."
  };

  @Test
  void theModelKnowsNoOtherPackageAndNoClient() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.model..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("quickpage.index..")
                .and(not(resideInAnyPackage("quickpage.index.model..", "quickpage.index.text.."))))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.model..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(CLIENTS).or(resideInAnyPackage("java.net..", "java.nio.file..")))
        .check(CLASSES);
  }

  @Test
  void namesQueriesAndClassificationAreDecidedWithoutAClient() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "quickpage.index.neuprint",
            "quickpage.index.neuprint.cypher..",
            "quickpage.index.neuprint.answer..",
            "quickpage.index.site.pages..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(CLIENTS))
        .check(CLASSES);
  }

  @Test
  void textAndJsonKnowNoOtherPackage() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.text..")
        .or()
        .resideInAPackage("quickpage.index.json..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("quickpage.index..")
                .and(not(resideInAnyPackage("quickpage.index.text..", "quickpage.index.json.."))))
        .check(CLASSES);
  }

  @Test
  void noStageKnowsAnother() {
    slices()
        .matching("quickpage.index.(*)..")
        .that(
            DescribedPredicate.describe(
                "are stages",
                slice ->
                    List.of("start", "plan", "batch", "compose", "finish")
                        .contains(slice.getNamePart(1))))
        .should()
        .notDependOnEachOther()
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOtherInACycle() {
    slices().matching("quickpage.index.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void stagesKnowPortsAndOnlyTheirHandlersWireClients() {
    noClasses()
        .that()
        .resideInAnyPackage(STAGES)
        .and(not(nameMatching(".*Handler(\\$.*)?")))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(CLIENTS)
                .or(simpleName("S3ObjectStore"))
                .or(simpleName("DynamoDbFactCache"))
                .or(simpleName("DynamoDbSiteLease"))
                .or(simpleName("DynamoDbPendingUploads"))
                .or(simpleName("SqsUploadQueue"))
                .or(simpleName("StepFunctionsExecutions"))
                .or(simpleName("NeuPrintClient"))
                .or(simpleName("NeuPrintClients"))
                .or(resideInAPackage("quickpage.index.lambda..")))
        .check(CLASSES);
  }

  @Test
  void nothingWorksForAStageButItsHandler() {
    noClasses()
        .that()
        .resideOutsideOfPackages(STAGES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(STAGES)
        .check(CLASSES);
  }

  @Test
  void neuprintAloneUsesOkHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("quickpage.index.neuprint..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3..", "okio..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void neuprintKnowsTheModelAlone() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.neuprint..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("quickpage.index..")
                .and(not(resideInAnyPackage("quickpage.index.neuprint..", "quickpage.index.io..")))
                .and(not(SHARED)))
        .check(CLASSES);
  }

  @Test
  void leasesKnowTheModelAlone() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.lease..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("quickpage.index..")
                .and(not(resideInAPackage("quickpage.index.lease..")))
                .and(not(SHARED)))
        .check(CLASSES);
  }

  @Test
  void cacheAndSiteKnowNoLease() {
    noClasses()
        .that()
        .resideInAnyPackage("quickpage.index.cache..", "quickpage.index.site..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("quickpage.index.lease..")
        .check(CLASSES);
  }

  @Test
  void queueAndExecutionsAreTheLeases() {
    noClasses()
        .that()
        .resideOutsideOfPackages("quickpage.index.lease..", "quickpage.index.lambda..")
        .and(not(nameMatching(".*Handler")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon.awssdk.services.sqs..", "software.amazon.awssdk.services.sfn..")
        .check(CLASSES);
  }

  @Test
  void s3IsTheSitesAndDynamoDbTheCachesAndTheLeases() {
    noClasses()
        .that()
        .resideOutsideOfPackages("quickpage.index.site..", "quickpage.index.lambda..")
        .and(not(nameMatching(".*Handler")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk.services.s3..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "quickpage.index.cache..", "quickpage.index.lease..", "quickpage.index.lambda..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk.services.dynamodb..")
        .check(CLASSES);
  }

  @Test
  void renderingKnowsTheModelAndHowAPathBecomesALink() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.render..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("quickpage.index..")
                .and(not(resideInAPackage("quickpage.index.render..")))
                .and(not(SHARED))
                .and(
                    not(
                        simpleName("Href")
                            .or(simpleName("PageLayout"))
                            .or(simpleName("TypeFileName")))))
        .check(CLASSES);
  }

  @Test
  void nothingDeployedKnowsWhatRunsItOnOneMachine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "quickpage.index.cli..",
            "quickpage.index.local..",
            "quickpage.index.stack..",
            "quickpage.index.workflow..",
            "quickpage.index.sandbox..")
        .check(CLASSES);
  }

  @Test
  void whatHappensIsLoggedAndNeverPrinted() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void aNameSaysWhatAClassIs() {
    classes()
        .should()
        .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Processor)(\\$.*)?")
        .check(CLASSES);
  }
}
