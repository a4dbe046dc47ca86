package quickpage.index.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class SandboxArchitectureTest {
  private static final JavaClasses SANDBOX =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("quickpage.index.sandbox");

  @Test
  void aConnectomeKnowsNeitherDatabaseNorServer() {
    noClasses()
        .that()
        .resideInAPackage("..connectome..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.neo4j..", "org.eclipse.jetty..", "..sandbox.graph..", "..sandbox.http..")
        .check(SANDBOX);
  }

  @Test
  void theGraphKnowsNoHttp() {
    noClasses()
        .that()
        .resideInAPackage("..graph..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..", "..sandbox.http..")
        .check(SANDBOX);
  }

  @Test
  void theServerSeesOnlyTheValuesOfNeo4j() {
    noClasses()
        .that()
        .resideInAPackage("..http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.neo4j.kernel..", "org.neo4j.dbms..", "org.neo4j.internal..")
        .check(SANDBOX);
  }
}
