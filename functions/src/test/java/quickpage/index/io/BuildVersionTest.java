package quickpage.index.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildVersionTest {

  @Test
  void isASentenceForPeopleAndAWordForPrograms() {
    BuildVersion version = new BuildVersion("1.0.0", "1a2b3c4-dirty");
    assertThat(version.sentence()).isEqualTo("1.0.0 (commit 1a2b3c4-dirty)");
    // The form of https://semver.org, with build metadata.
    assertThat(version.word())
        .isEqualTo("1.0.0+1a2b3c4-dirty")
        .matches("[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?\\+[0-9A-Za-z.-]+");
  }

  @Test
  void theBuildHasNotedItsCommitOrThatItKnowsNone() {
    assertThat(BuildVersion.current().commit()).matches("[0-9a-f]{7,64}(-dirty)?|unknown");
  }
}
