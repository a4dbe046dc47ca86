package quickpage.index.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideRulesTest {

  @ParameterizedTest(name = "{0} with rootSide {1}, somaSide {2}, side {3}: {4}")
  @CsvSource({
    "cns, false, false, false, PROPERTIES",
    "male-cns:v0.9, true, true, false, PROPERTIES",
    "male-cns:v0.9, false, false, true, PROPERTIES",
    "manc:v1.2.1, true, true, true, ANY_SPELLING",
    "cns, true, true, true, PROPERTIES",
    "fish:v1, false, false, false, ANY_SPELLING",
    "hemibrain:v1.2.1, false, false, false, INSTANCE_SUFFIX",
    "hemibrain:v1.2.1, false, false, true, INSTANCE_SUFFIX",
    "hemibrain:v1.2.1, true, false, false, PROPERTIES",
    "hemibrain:v1.2.1, false, true, false, PROPERTIES",
    "hemibrain, false, false, false, INSTANCE_SUFFIX",
    "Hemibrain:v1.2.1, false, false, false, ANY_SPELLING",
    "hemibrain-like:v1, false, false, false, ANY_SPELLING",
    "fish:hemibrain, false, false, false, ANY_SPELLING",
    "optic-lobe:v1.1, false, false, false, INSTANCE_PATTERN",
    "optic-lobe:v1.1, true, false, false, PROPERTIES",
    "optic-lobe:v1.1, false, true, false, PROPERTIES",
    "optic-lobe:v1.1:x, false, false, true, INSTANCE_PATTERN",
    "flywire-fafb:v783, false, false, false, FLYWIRE",
    "flywire-fafb:v783, true, false, false, FLYWIRE_WITH_INSTANCE",
    "flywire-fafb:v783, false, true, false, FLYWIRE_WITH_INSTANCE",
    "flywire-fafb:v783, false, false, true, FLYWIRE_WITH_INSTANCE",
  })
  void followsTheDatasetAndWhatItHas(
      String dataset, boolean rootSide, boolean somaSide, boolean side, SideRule rule) {
    assertThat(SideRules.of(dataset, rootSide, somaSide, side)).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "cns:v1, false",
    "male-cns:v0.9, false",
    "manc:v1.0, false",
    "hemibrain:v1.2.1, true",
    "optic-lobe:v1.1, true",
    "flywire-fafb:v783, true"
  })
  void someRulesDependOnWhichPropertiesADatasetHas(String dataset, boolean depends) {
    assertThat(SideRules.dependOnProperties(dataset)).isEqualTo(depends);
  }
}
