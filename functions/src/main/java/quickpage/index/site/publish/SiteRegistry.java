package quickpage.index.site.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;

/**
 * Which deployment has which site of a bucket: {@code .quickpage-index/sites/PREFIX.json} at the
 * bucket's root, the prefix percent-encoded, {@code -} for the root. Two deployments whose prefixes
 * overlap would list each other's pages, and start by each other's uploads.
 */
public final class SiteRegistry {

  private static final String FOLDER = RunFolder.OWN + "sites/";
  private static final String SUFFIX = ".json";
  private static final String ROOT = "-";

  private final ObjectStore store;

  public SiteRegistry(ObjectStore store) {
    this.store = store;
  }

  /** Who has a site. */
  record Entry(String deployment, String prefix) {}

  /**
   * Enters the site as the deployment's, unless it is entered already.
   *
   * @param prefix "" or ending in a slash
   * @throws RefusedException if another deployment has the same site, or one above or below it;
   *     nothing of this claim stays then, or the sentence says what does
   */
  public void claim(String prefix, String deployment) {
    String own = key(prefix);
    List<String> taken = store.keysUnder(FOLDER);
    refuseOverlap(taken, prefix, deployment);
    if (taken.contains(own)) {
      return;
    }
    Content entry = Content.json(Json.bytes(new Entry(deployment, prefix)));
    store.writeIfUnchanged(own, entry, Optional.empty());
    // Another may have entered itself since the first look; whoever looks second finds the other.
    try {
      refuseOverlap(store.keysUnder(FOLDER), prefix, deployment);
    } catch (RefusedException e) {
      if (isOf(own, deployment)) {
        withdraw(own, e);
      }
      throw e;
    }
  }

  /** An entry that stays would refuse the other deployment, and nobody would know why. */
  private void withdraw(String own, RefusedException overlap) {
    try {
      store.delete(List.of(own));
    } catch (RefusedException | TransientFailure e) {
      RefusedException both =
          new RefusedException(
              "%s Remove %s, too, which this run could not: %s"
                  .formatted(overlap.getMessage(), store.address(own), e.getMessage()),
              overlap);
      both.addSuppressed(e);
      throw both;
    }
  }

  private void refuseOverlap(List<String> keys, String prefix, String deployment) {
    for (String key : keys) {
      Optional<String> other = prefix(key);
      if (other.isPresent()
          && (other.get().startsWith(prefix) || prefix.startsWith(other.get()))
          && !isOf(key, deployment)) {
        throw overlap(prefix, other.get(), key);
      }
    }
  }

  private RefusedException overlap(String prefix, String other, String key) {
    return new RefusedException(
        "The site %s overlaps %s, which is deployment \"%s\"'s: give each site a folder of its own, or, if that deployment is gone, remove %s."
            .formatted(
                store.address(prefix),
                store.address(other),
                entry(key).map(Entry::deployment).orElse("unknown"),
                store.address(key)));
  }

  private boolean isOf(String key, String deployment) {
    return entry(key).map(entry -> deployment.equals(entry.deployment())).orElse(false);
  }

  /** Empty if it is gone or no entry. */
  private Optional<Entry> entry(String key) {
    return store
        .read(key)
        .map(
            stored -> {
              try (stored) {
                return Json.MAPPER.readValue(stored.body(), Entry.class);
              } catch (JsonProcessingException e) {
                return null;
              } catch (IOException e) {
                throw new TransientFailure("Reading " + key + " ended too early.", e);
              }
            });
  }

  private static String key(String prefix) {
    String name = prefix.isEmpty() ? ROOT : URLEncoder.encode(prefix, StandardCharsets.UTF_8);
    return FOLDER + name + SUFFIX;
  }

  /** The prefix that a key stands for; empty if it is no key of ours. */
  private static Optional<String> prefix(String key) {
    if (!key.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String name = key.substring(FOLDER.length(), key.length() - SUFFIX.length());
    try {
      return Optional.of(name.equals(ROOT) ? "" : URLDecoder.decode(name, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
