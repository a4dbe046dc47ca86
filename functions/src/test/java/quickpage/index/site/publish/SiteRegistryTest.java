package quickpage.index.site.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.MemoryStore;

public class SiteRegistryTest {

  private final MemoryStore store = new MemoryStore();
  private final SiteRegistry registry = new SiteRegistry(store);

  @Test
  void aSiteIsEnteredAtTheBucketsRootAndOnlyOnce() {
    registry.claim("a b/ü/", "one");
    byte[] entry = store.objects.get(".quickpage-index/sites/a+b%2F%C3%BC%2F.json");

    registry.claim("a b/ü/", "one");

    assertThat(new String(entry, StandardCharsets.UTF_8))
        .isEqualTo("{\"deployment\":\"one\",\"prefix\":\"a b/ü/\"}");
    assertThat(store.objects).hasSize(1);
    assertThat(store.objects.get(".quickpage-index/sites/a+b%2F%C3%BC%2F.json")).isSameAs(entry);
  }

  @ParameterizedTest
  @CsvSource({"a/, a/", "a/, a/b/", "a/b/, a/", "'', a/", "a/, ''", "'', ''"})
  void anOverlapIsRefusedByName(String first, String second) {
    registry.claim(first, "one");

    assertThatThrownBy(() -> registry.claim(second, "two"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("The site memory/" + second + " overlaps memory/" + first)
        .hasMessageContaining("deployment \"one\"")
        .hasMessageContaining("remove memory/.quickpage-index/sites/");
    assertThat(store.objects).as("nothing of the second stays").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"a/, b/", "a/, ab/", "a/b/, a/c/", "-/, a/"})
  void sitesBesideEachOtherAreFine(String first, String second) {
    registry.claim(first, "one");
    registry.claim(second, "two");

    assertThat(store.objects).hasSize(2);
  }

  @Test
  void aDeploymentMayMoveWithinItsOwnSite() {
    registry.claim("a/", "one");

    registry.claim("a/b/", "one");

    assertThat(store.objects).hasSize(2);
  }

  /** A bucket in which another deployment enters the root, just before this one enters. */
  private static class SharedStore extends MemoryStore {
    @Override
    public synchronized Optional<String> writeIfUnchanged(
        String key, Content content, Optional<String> seen) {
      write(
          ".quickpage-index/sites/-.json",
          Content.json(Json.bytes(new SiteRegistry.Entry("other", ""))));
      return super.writeIfUnchanged(key, content, seen);
    }
  }

  @Test
  void whoeverEntersAtTheSameTimeIsFound() {
    MemoryStore shared = new SharedStore();
    SiteRegistry late = new SiteRegistry(shared);

    assertThatThrownBy(() -> late.claim("a/", "one"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("deployment \"other\"");
    assertThat(shared.objects).containsOnlyKeys(".quickpage-index/sites/-.json");
  }

  @Test
  void anEntryThatCannotBeWithdrawnIsNamed() {
    MemoryStore shared =
        new SharedStore() {
          @Override
          public void delete(Collection<String> keys) {
            throw new RefusedException("S3 does not let this run remove it (AccessDenied).");
          }
        };
    SiteRegistry late = new SiteRegistry(shared);

    assertThatThrownBy(() -> late.claim("a/", "one"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("deployment \"other\"")
        .hasMessageContaining("Remove memory/.quickpage-index/sites/a%2F.json, too")
        .hasMessageEndingWith("(AccessDenied).");
  }
}
