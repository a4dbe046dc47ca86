package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a Distributed Map: an execution for each item, so many at once. */
final class MapRun {
  /** AWS runs at most so many children at once, also where MaxConcurrency is 0 (unlimited). */
  private static final int MOST_CHILDREN_AT_ONCE = 10_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final State.DistributedMap map;
  private final ExecutionContext parent;
  private final Surroundings surroundings;

  private final AtomicInteger nextItem = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Progress progress = new Progress();

  MapRun(
      String name, State.DistributedMap map, ExecutionContext parent, Surroundings surroundings) {
    this.name = name;
    this.map = map;
    this.parent = parent;
    this.surroundings = surroundings;
  }

  /** Counts and tells in one step, so that a listener sees the numbers in order. */
  private final class Progress {
    private int done;

    synchronized void itemFinished(int items) {
      surroundings.listener().itemFinished(name, ++done, items);
    }
  }

  /**
   * Runs the children.
   *
   * @param scope the parent's variables and {@code $states}
   * @return the children's outputs in the order of the items; null for one that failed
   */
  JsonNode run(Map<String, JsonNode> scope, JsonNode input, ObjectNode now)
      throws StateFailedException, InterruptedException {
    int atOnce = wholeNumber("MaxConcurrency", map.maxConcurrency().evaluate(scope));
    double tolerated =
        map.toleratedFailurePercentage() == null
            ? 0
            : percentage(map.toleratedFailurePercentage().evaluate(scope));
    List<JsonNode> inputs = select(readItems(scope), scope, input, now);
    JsonNode[] outputs = new JsonNode[inputs.size()];
    Arrays.fill(outputs, JsonNodeFactory.instance.nullNode());
    surroundings.listener().mapStarted(name, inputs.size());
    int workers = Math.min(inputs.size(), atOnce == 0 ? MOST_CHILDREN_AT_ONCE : atOnce);
    runChildren(inputs, outputs, workers, tolerated);
    return Limits.checkState(
        "The outputs of the children of the state " + name,
        JsonNodeFactory.instance.arrayNode().addAll(Arrays.asList(outputs)));
  }

  private void runChildren(List<JsonNode> inputs, JsonNode[] outputs, int workers, double tolerated)
      throws StateFailedException, InterruptedException {
    ExecutorCompletionService<Void> ended = new ExecutorCompletionService<>(surroundings.threads());
    List<Future<Void>> started = new ArrayList<>();
    try {
      for (int i = 0; i < workers; i++) {
        started.add(
            ended.submit(
                () -> {
                  work(inputs, outputs, tolerated);
                  return null;
                }));
      }
      for (int i = 0; i < workers; i++) {
        ended.take().get();
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      started.forEach(worker -> worker.cancel(true));
    }
  }

  private static StateFailedException rethrown(Throwable thrown) throws InterruptedException {
    if (thrown instanceof StateFailedException failure) {
      return failure;
    }
    if (thrown instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("a map's worker broke", thrown);
  }

  /** Runs one child after the other until no item is left. */
  private void work(List<JsonNode> inputs, JsonNode[] outputs, double tolerated)
      throws StateFailedException, InterruptedException {
    for (int item = nextItem.getAndIncrement();
        item < inputs.size();
        item = nextItem.getAndIncrement()) {
      try {
        outputs[item] =
            new WorkflowExecution(
                    map.processor(), parent.child(inputs.get(item)), surroundings, false)
                .run();
      } catch (StateFailedException e) {
        double percentage = 100.0 * failed.incrementAndGet() / inputs.size();
        if (percentage > tolerated) {
          throw new StateFailedException(
              StateFailedException.EXCEED_TOLERATED_FAILURE_THRESHOLD,
              "%d of %d children failed, the last with %s"
                  .formatted(failed.get(), inputs.size(), e.getMessage()));
        }
      }
      progress.itemFinished(inputs.size());
    }
  }

  private JsonNode readItems(Map<String, JsonNode> scope) throws StateFailedException {
    JsonNode bucket = map.bucket().evaluate(scope);
    JsonNode key = map.key().evaluate(scope);
    JsonNode items;
    try {
      items = JSON.readTree(surroundings.items().read(bucket.asText(), key.asText()));
    } catch (IOException | RuntimeException e) {
      throw new StateFailedException(
          StateFailedException.ITEM_READER_FAILED,
          "The items in %s of bucket %s could not be read: %s"
              .formatted(key.asText(), bucket.asText(), e.getMessage()));
    }
    if (!items.isArray()) {
      throw new StateFailedException(
          StateFailedException.ITEM_READER_FAILED,
          "%s of bucket %s is not a JSON array.".formatted(key.asText(), bucket.asText()));
    }
    return items;
  }

  private List<JsonNode> select(
      JsonNode items, Map<String, JsonNode> scope, JsonNode input, ObjectNode now)
      throws StateFailedException {
    List<JsonNode> inputs = new ArrayList<>();
    for (JsonNode item : items) {
      ObjectNode context = now.deepCopy();
      context.putObject("Map").putObject("Item").put("Index", inputs.size()).set("Value", item);
      ObjectNode states = JsonNodeFactory.instance.objectNode();
      states.set("input", input);
      states.set("context", context);
      Map<String, JsonNode> itemScope = new HashMap<>(scope);
      itemScope.put("states", states);
      inputs.add(
          Limits.checkState(
              "Item " + inputs.size() + " of the state " + name,
              map.itemSelector().evaluate(itemScope)));
    }
    return inputs;
  }

  private static int wholeNumber(String field, JsonNode value) throws StateFailedException {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw new StateFailedException(
          StateFailedException.QUERY_EVALUATION_ERROR,
          field + " gave " + value + ", which is not a whole number from 0.");
    }
    return value.intValue();
  }

  private static double percentage(JsonNode value) throws StateFailedException {
    if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 100) {
      throw new StateFailedException(
          StateFailedException.QUERY_EVALUATION_ERROR,
          "ToleratedFailurePercentage gave " + value + ", which is not from 0 to 100.");
    }
    return value.doubleValue();
  }
}
