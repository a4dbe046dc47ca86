package quickpage.index.site.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quickpage.index.error.RefusedException;
import quickpage.index.io.ContentChecksum;
import quickpage.index.io.InParallel;
import quickpage.index.json.Json;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.UnavailableType;
import quickpage.index.site.run.RunPlan.PlannedShard;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore;

/** What one run keeps in the site bucket, under {@code .quickpage-index/runs/RUN/}. */
public final class RunFolder {

  /** Everything of ours in a site that is not published. */
  public static final String OWN = ".quickpage-index/";

  private static final String PLAN = "plan.json";

  private static final String SMILE = "application/x-jackson-smile";

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

  /** The key of a file that the plan names. */
  public String key(String name) {
    return folder + name;
  }

  public String reportKey() {
    return folder + "report.json";
  }

  /** Writes what the stages share; gives the file's name. */
  public String writeContext(RunContext context) {
    return writeByContent("context", Json.bytes(context));
  }

  /** Writes the map's items, in their order; gives the file's name. */
  public String writeItems(List<Batch> items) {
    return writeByContent("batches", Json.bytes(items));
  }

  private String writeByContent(String kind, byte[] json) {
    String name = "%s-%s.json".formatted(kind, ContentChecksum.of(json));
    store.write(folder + name, Content.json(json));
    return name;
  }

  /** Writes entries that need no batch. */
  public PlannedShard writePlannedShard(List<IndexEntry> entries) {
    Shard.Encoded shard = Shard.encode(Shard.Head.OF_A_PLAN, entries);
    String name = "shards/%s.smile".formatted(ContentChecksum.of(shard.bytes()));
    store.write(folder + name, Content.internal(shard.bytes(), SMILE));
    return new PlannedShard(name, shard.entries(), shard.crc32c());
  }

  /**
   * Writes the plan, when all the files that it names are there, unless there is one already.
   *
   * @return the plan that is there now: this one, or the one that another attempt has written
   */
  public RunPlan writePlan(RunPlan plan) {
    return store
        .writeIfUnchanged(folder + PLAN, Content.json(Json.bytes(plan)), Optional.empty())
        .map(written -> plan)
        .orElseGet(this::plan);
  }

  /** The plan, if an attempt has written one; refused if another version of this program did. */
  public Optional<RunPlan> planIfThere() {
    return readTree(folder + PLAN).map(tree -> ofThisVersion(PLAN, tree, RunPlan.class));
  }

  /** The plan; refused if there is none, or another version of this program wrote it. */
  public RunPlan plan() {
    return planIfThere().orElseThrow(() -> gone(PLAN));
  }

  /**
   * What the stages share; refused if another version of this program wrote it.
   *
   * @param name as the plan and each of its batches name it
   */
  public RunContext context(String name) {
    return ofThisVersion(name, namedByContent(name), RunContext.class);
  }

  /** The batches of a plan, in the order of their types. */
  public List<Batch> batches(RunPlan plan) {
    if (plan.items() == null) {
      return List.of();
    }
    return Stream.of(Json.convert(namedByContent(plan.items()), Batch[].class))
        .sorted(Comparator.comparingInt(Batch::number))
        .toList();
  }

  private JsonNode namedByContent(String name) {
    byte[] content =
        store
            .read(folder + name)
            .map(stored -> bytes(folder + name, stored))
            .orElseThrow(() -> gone(name));
    if (!name.contains(ContentChecksum.of(content))) {
      throw new TransientFailure("The file %s is not whole.".formatted(folder + name), null);
    }
    return parsed(folder + name, content);
  }

  private RefusedException gone(String name) {
    return new RefusedException(
        Remedy.LATER,
        "The run's file %s is gone: start the run again.".formatted(store.address(folder + name)));
  }

  private <T> T ofThisVersion(String name, JsonNode tree, Class<T> type) {
    int format = tree.path("format").asInt();
    if (format != RunContext.FORMAT) {
      throw new RefusedException(
          Remedy.LATER,
          "The file %s%s was written by another version (format %d, this version reads %d): start the run again."
              .formatted(folder, name, format, RunContext.FORMAT));
    }
    return Json.convert(tree, type);
  }

  private Optional<JsonNode> readTree(String key) {
    return store.read(key).map(stored -> parsed(key, bytes(key, stored)));
  }

  private static byte[] bytes(String key, ObjectStore.Stored stored) {
    try (stored) {
      return stored.body().readAllBytes();
    } catch (IOException e) {
      throw new TransientFailure("Reading %s ended too early.".formatted(key), e);
    }
  }

  private static JsonNode parsed(String key, byte[] content) {
    try {
      return Json.MAPPER.readTree(content);
    } catch (IOException e) {
      if (Json.isDamage(e)) {
        throw new RefusedException(
            Remedy.LATER, "The file %s is damaged: start the run again.".formatted(key), e);
      }
      throw new TransientFailure("Reading %s ended too early.".formatted(key), e);
    }
  }

  private String shardKey(Batch batch) {
    return folder + "shards/%s/%05d.smile".formatted(batch.plan(), batch.number());
  }

  private String statisticsKey(String plan, int batch) {
    return folder + "batches/%s/%05d.json".formatted(plan, batch);
  }

  public void writeShard(Batch batch, List<IndexEntry> entries) {
    Shard.Head head = Shard.Head.ofBatch(batch.plan(), batch.number());
    store.write(shardKey(batch), Content.internal(Shard.encode(head, entries).bytes(), SMILE));
  }

  /** The shard of a batch; empty if the batch left none. To be closed. */
  public Optional<Shard> shard(Batch batch) {
    return store
        .read(shardKey(batch))
        .map(
            stored ->
                Shard.open(
                    "The shard of batch " + batch.number(),
                    Shard.Head.ofBatch(batch.plan(), batch.number()),
                    stored.body()));
  }

  /** A shard that the plan names. To be closed. */
  public Shard shard(PlannedShard planned) {
    return store
        .read(folder + planned.name())
        .map(stored -> Shard.open(planned.name(), Shard.Head.OF_A_PLAN, stored.body()))
        .orElseThrow(() -> gone(planned.name()));
  }

  public void writeStatistics(Batch batch, BatchStatistics statistics) {
    store.write(statisticsKey(batch.plan(), batch.number()), Content.json(Json.bytes(statistics)));
  }

  /** What the batches of a plan did, as far as they ended. */
  public List<BatchStatistics> statistics(RunPlan plan) {
    return InParallel.map(
            IntStream.range(0, plan.batches()).boxed().toList(),
            batch -> readTree(statisticsKey(plan.checksum(), batch)))
        .stream()
        .flatMap(Optional::stream)
        .map(tree -> Json.convert(tree, BatchStatistics.class))
        .toList();
  }

  /** What the compose stage found unavailable, whether or not it then publishes. */
  public void writeUnavailable(List<UnavailableType> unavailable) {
    store.write(folder + "unavailable.json", Content.json(Json.bytes(unavailable)));
  }

  /** What the compose stage found unavailable; empty if it did not come to that. */
  public Optional<List<UnavailableType>> unavailable() {
    return readTree(folder + "unavailable.json")
        .map(tree -> List.of(Json.convert(tree, UnavailableType[].class)));
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
