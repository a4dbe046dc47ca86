package quickpage.index.neuprint.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

public class QueryCommentTest {

  @Test
  void namesToolRunAndContact() {
    assertThat(QueryComment.of("1.0", "2026-01-02-a", "me@example.org"))
        .isEqualTo("/* quickpage-index 1.0 run=2026-01-02-a contact=me@example.org */ ");
    assertThat(QueryComment.of("1.0", "r", null)).contains("contact=none");
  }

  @Test
  void keepsAVersionWithItsCommitWhole() {
    assertThat(QueryComment.of("1.0.0-rc.1+1a2b3c4-dirty", "r", null))
        .startsWith("/* quickpage-index 1.0.0-rc.1+1a2b3c4-dirty run=r ");
    assertThat(QueryComment.userAgent("1.0.0-rc.1+1a2b3c4-dirty", null))
        .isEqualTo("quickpage-index/1.0.0-rc.1+1a2b3c4-dirty (none)");
  }

  @Test
  void turnsTheColonsOfAnExecutionsArnIntoDashes() {
    assertThat(QueryComment.plain("arn:aws:states:x")).isEqualTo("arn-aws-states-x");
  }

  @Property
  void noTextEndsTheCommentOrLooksLikeALabel(
      @ForAll String version, @ForAll String run, @ForAll String contact) {
    String comment = QueryComment.of(version, run + "*/:Neuron\\u002a/", contact);
    assertThat(comment.indexOf("*/")).isEqualTo(comment.length() - 3);
    assertThat(comment.substring(2)).doesNotContain("/*", ":", "\\", "\n");
  }

  @Property
  void aUserAgentIsAHeader(@ForAll String version, @ForAll String contact) {
    assertThat(QueryComment.userAgent(version, contact)).matches("[ -~]+");
  }
}
