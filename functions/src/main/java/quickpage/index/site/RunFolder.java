package quickpage.index.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import quickpage.index.io.InParallel;
import quickpage.index.model.Batch;
import quickpage.index.model.BatchStatistics;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Json;
import quickpage.index.model.Refusal;
import quickpage.index.model.RunContext;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.Unavailable;

/** What one run keeps in the site bucket, under {@code .quickpage-index/runs/RUN/}. */
public final class RunFolder {

  /** Everything of ours in a site that is not published. */
  public static final String OWN = ".quickpage-index/";

  private final ObjectStore store;
  private final String folder;

  /**
   * The folder of a run.
   *
   * @param prefix the site's
   * @param run a name that is safe in a key
   */
  public RunFolder(ObjectStore store, String prefix, String run) {
    this.store = store;
    this.folder = prefix + OWN + "runs/" + run + "/";
  }

  public String itemsKey() {
    return folder + "batches.json";
  }

  public String reportKey() {
    return folder + "report.json";
  }

  public void writePlan(RunContext context, RunPlan plan, List<Batch> batches) {
    InParallel.map(
        List.of(
            new Named("context.json", context),
            new Named("plan.json", plan),
            new Named("batches.json", batches)),
        file -> store.write(folder + file.name(), Content.json(Json.bytes(file.value()))));
  }

  private record Named(String name, Object value) {}

  /** What the stages share; refused if another version of this program wrote it. */
  public RunContext context() {
    return existing("context.json", RunContext.class);
  }

  /** The whole plan; refused if another version of this program wrote it. */
  public RunPlan plan() {
    return existing("plan.json", RunPlan.class);
  }

  private <T> T existing(String name, Class<T> type) {
    return find(name, type)
        .orElseThrow(
            () ->
                new Refusal(
                    "The run's file %s is gone: start the run again."
                        .formatted(store.address(folder + name))));
  }

  private <T> Optional<T> find(String name, Class<T> type) {
    return readTree(folder + name)
        .map(
            tree -> {
              int format = tree.path("format").asInt();
              if (format != RunContext.FORMAT) {
                throw new Refusal(
                    "The file %s%s was written by another version (format %d, this version reads %d): start the run again."
                        .formatted(folder, name, format, RunContext.FORMAT));
              }
              return Json.convert(tree, type);
            });
  }

  private Optional<JsonNode> readTree(String key) {
    return store
        .read(key)
        .map(
            stored -> {
              try (stored) {
                return Json.MAPPER.readTree(stored.body());
              } catch (IOException e) {
                if (Json.isDamage(e)) {
                  throw new Refusal(
                      "The file %s is damaged: start the run again.".formatted(key), e);
                }
                throw new TransientFailure("Reading %s broke off.".formatted(key), e);
              }
            });
  }

  private String shardKey(int batch) {
    return folder + "shards/" + "%05d.jsonl.gz".formatted(batch);
  }

  private String statisticsKey(int batch) {
    return folder + "batches/" + "%05d.json".formatted(batch);
  }

  public void writeShard(int batch, List<IndexEntry> entries) {
    store.write(
        shardKey(batch), Content.internal(Shard.compress(batch, entries), "application/gzip"));
  }

  /** The shard of a batch; empty if the batch left none. To be closed. */
  public Optional<Shard> shard(int batch) {
    return store.read(shardKey(batch)).map(stored -> Shard.open(batch, stored.body()));
  }

  public void writeStatistics(BatchStatistics statistics) {
    store.write(statisticsKey(statistics.batch()), Content.json(Json.bytes(statistics)));
  }

  /** What the batches of a run did, as far as they ended. */
  public List<BatchStatistics> statistics(int batches) {
    return InParallel.map(
            IntStream.range(0, batches).boxed().toList(), batch -> readTree(statisticsKey(batch)))
        .stream()
        .flatMap(Optional::stream)
        .map(tree -> Json.convert(tree, BatchStatistics.class))
        .toList();
  }

  /** What the compose stage found unavailable, whether or not it then publishes. */
  public void writeUnavailable(List<Unavailable> unavailable) {
    store.write(folder + "unavailable.json", Content.json(Json.bytes(unavailable)));
  }

  /** What the compose stage found unavailable; empty if it did not come to that. */
  public Optional<List<Unavailable>> unavailable() {
    return readTree(folder + "unavailable.json")
        .map(tree -> List.of(Json.convert(tree, Unavailable[].class)));
  }

  public void writeReport(Object report) {
    try {
      store.write(
          reportKey(),
          Content.json(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(report)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the report", e);
    }
  }

  /**
   * The run's name from an execution's: what is not safe in a key becomes a hyphen, and a hash of
   * the whole keeps executions apart that would then be called the same.
   */
  public static String runName(String execution) {
    if (execution.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}")) {
      return execution;
    }
    String safe = execution.replaceAll("[^A-Za-z0-9_-]", "-");
    return "%s-%08x"
        .formatted(safe.substring(0, Math.min(70, safe.length())), execution.hashCode());
  }
}
