package quickpage.index.plan;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import quickpage.index.io.ContentChecksum;
import quickpage.index.json.Json;
import quickpage.index.model.run.Batch;
import quickpage.index.site.run.RunFolder;

/**
 * The batches of a plan, as items of the map.
 *
 * @param context name of the file with what the stages share
 */
record PlannedBatches(String context, List<Batch> batches) {

  /** Of everything that the batches' shards depend on. */
  String checksum() {
    String text = context + "\n" + new String(Json.bytes(batches), StandardCharsets.UTF_8);
    return ContentChecksum.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes the items, the largest batch first, so that none of them begins when all others are
   * done.
   *
   * @return the file's name; null if there are no batches
   */
  String write(RunFolder folder) {
    if (batches.isEmpty()) {
      return null;
    }
    String checksum = checksum();
    return folder.writeItems(
        batches.stream()
            .sorted(Comparator.comparingLong(Batch::neurons).reversed())
            .map(batch -> batch.of(checksum, context))
            .toList());
  }
}
