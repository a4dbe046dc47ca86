package quickpage.index.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import quickpage.index.cache.FactCache;
import quickpage.index.cache.MemoryCache;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.RunCoordination;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.model.run.Execution;
import quickpage.index.model.run.PlanResult;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.MemoryStore;
import quickpage.index.site.store.SiteStores;

/** The plan stage with a store and a cache in memory, and a NeuPrint of a few types. */
abstract class PlanUnderTest {

  static final String DATASET = "cns:v1";
  static final DatasetVersion VERSION = new DatasetVersion(DATASET, "5a3f", "2026");
  static final Instant DEADLINE = Instant.parse("2026-01-01T00:10:00Z");

  final MemoryStore store = new MemoryStore();
  final MemoryCache cache = new MemoryCache();
  final Dataset neuPrint = new Dataset();
  final List<NeuPrintAddress> addresses = new ArrayList<>();
  final RunFolder folder = new RunFolder(store, "", "run-1");

  /** Answers for a dataset, and remembers what it was asked. */
  static class Dataset implements NeuPrint {
    final Map<String, Long> neurons = new TreeMap<>();
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    DatasetVersion version = VERSION;

    /** Null where the dataset does not say which its neurons have. */
    List<String> properties;

    /** Null where the name is right. */
    RefusedException wrongName;

    private <T> T answer(String question, Supplier<T> answer) {
      asked.add(question);
      return answer.get();
    }

    @Override
    public void checkDataset(String dataset) {
      asked.add("datasets");
      if (wrongName != null) {
        throw wrongName;
      }
    }

    @Override
    public DatasetVersion version(String dataset) {
      return answer("version", () -> version);
    }

    @Override
    public TypeCensus types(String dataset) {
      return answer("types", () -> new TypeCensus(version, neurons));
    }

    @Override
    public DatasetMeta meta(String dataset) {
      return answer(
          "meta", () -> new DatasetMeta(version, List.of("ME(R)"), null, Map.of(), properties));
    }

    @Override
    public SideProperties sideProperties(String dataset) {
      return answer("sides", () -> new SideProperties(version, true, true, false));
    }

    @Override
    public void describe(TypeQuestion question, DescribeListener listener) {
      throw new AssertionError("planning asks for no type");
    }

    @Override
    public QueryStatistics statistics() {
      return QueryStatistics.NONE;
    }
  }

  /** A type of the dataset with its combined page. */
  final void type(String name, long neurons) {
    neuPrint.neurons.put(name, neurons);
    page(name);
  }

  final void page(String name) {
    store.objects.put("types/" + name + ".html", "a page".getBytes(StandardCharsets.UTF_8));
  }

  /** A type whose facts are cached. */
  final void cached(String name, long neurons) {
    type(name, neurons);
    cache.facts.put(name, facts(name, neurons));
  }

  static TypeFacts facts(String type, long neurons) {
    return new TypeFacts(
        type,
        new SideCounts(neurons, 0, 0, 0),
        new SynapseCounts(10, 20),
        List.of(new RoiSum("ME(R)", 10, 20)),
        TypeProperties.NONE);
  }

  static PlanRequest request(ObjectNode options) {
    return request(options, DATASET);
  }

  static PlanRequest request(ObjectNode options, String dataset) {
    return request(options, dataset, Defaults.NONE);
  }

  static PlanRequest request(ObjectNode options, String dataset, Defaults defaults) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.putObject("site").put("bucket", "memory");
    input.putObject("neuprint").put("server", "https://s").put("dataset", dataset);
    input.set("options", options);
    return new PlanRequest(
        input, new Execution("arn:x", "run-1", "2026-01-01T00:00:00Z"), defaults);
  }

  static ObjectNode options() {
    return JsonNodeFactory.instance.objectNode();
  }

  final PlanResult plan() {
    return plan(options());
  }

  final PlanResult plan(ObjectNode options) {
    return stage(store, cache).run(request(options), DEADLINE);
  }

  final PlanResult plan(ObjectNode options, String dataset) {
    return stage(store, cache).run(request(options, dataset), DEADLINE);
  }

  final PlanRun stage(MemoryStore site, FactCache facts) {
    return new PlanRun(
        SiteStores.of(bucket -> site),
        (deadline, address) -> {
          addresses.add(address);
          return neuPrint;
        },
        facts,
        RunCoordination.NONE,
        Clock.fixed(Instant.parse("2026-01-01T00:00:01Z"), ZoneOffset.UTC));
  }
}
