package quickpage.index.embedded.aws;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import quickpage.index.lambda.BodyAtOnce;

class EmulatorArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("quickpage.index");

  @Test
  void theEmulatorsKnowNothingOfOursButHowItsClientsSendBodies() {
    noClasses()
        .that()
        .resideInAPackage("quickpage.index.embedded.aws..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("quickpage.index..")
                .and(not(resideInAPackage("quickpage.index.embedded.aws..")))
                .and(not(equivalentTo(BodyAtOnce.class))))
        .check(CLASSES);
  }

  @Test
  void onlyTestsKnowTheEmulators() {
    noClasses()
        .that()
        .resideOutsideOfPackages("quickpage.index.embedded..", "quickpage.index.deployed..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("quickpage.index.embedded..", "org.gaul..")
        .check(CLASSES);
  }
}
