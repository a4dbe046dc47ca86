package quickpage.index.batch;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import quickpage.index.cache.MemoryCache;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Options;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;
import quickpage.index.model.run.BatchStatistics;
import quickpage.index.model.run.QueryStatistics;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.Settings;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.run.Shard;
import quickpage.index.site.store.MemoryStore;

/** A batch with a store and a cache in memory, and a NeuPrint that answers as a test says. */
abstract class BatchUnderTest {

  static final DatasetVersion VERSION = new DatasetVersion("cns:v1", "5a3f", "2026");
  static final Instant DEADLINE = Instant.parse("2026-01-01T00:10:00Z");

  final MemoryStore store = new MemoryStore();
  final RunFolder folder = new RunFolder(store, "", "run-1");
  final MemoryCache cache = new MemoryCache();

  /** Describes as a test says, and remembers what it was asked. */
  static class Scripted implements NeuPrint {
    TypeQuestion asked;

    @Override
    public void checkDataset(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatasetVersion version(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TypeCensus types(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatasetMeta meta(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SideProperties sideProperties(String dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void describe(TypeQuestion question, DescribeListener listener) {
      asked = question;
      for (TypeToAsk type : question.types()) {
        listener.described(List.of(facts(type.name(), type.withRois())));
      }
    }

    @Override
    public QueryStatistics statistics() {
      return QueryStatistics.NONE;
    }
  }

  static TypeFacts facts(String type, boolean withRois) {
    return new TypeFacts(
        type,
        new SideCounts(3, 1, 1, 0),
        new SynapseCounts(10, 20),
        withRois ? List.of(new RoiSum("ME(R)", 10, 20)) : null,
        TypeProperties.NONE);
  }

  static Batch batch(String... types) {
    return new Batch(
        4,
        "plan",
        "context",
        Arrays.stream(types)
            .map(type -> new BatchType(type, 3, new TypePages(type + ".html", null, null, null)))
            .toList());
  }

  static RunContext context(int minNeuronsForRois, boolean refresh) {
    return context(minNeuronsForRois, refresh, VERSION);
  }

  static RunContext context(int minNeuronsForRois, boolean refresh, DatasetVersion version) {
    return new RunContext(
        RunContext.FORMAT,
        "run-1",
        "2026-01-01T00:00:00Z",
        new Settings(
            "memory",
            "",
            "https://s",
            "cns:v1",
            "",
            "",
            "",
            "",
            new Options(
                true,
                1.5,
                null,
                minNeuronsForRois,
                7,
                20,
                0.5,
                refresh,
                1,
                null,
                List.of(),
                List.of())),
        version,
        SideRule.PROPERTIES,
        List.of("ME(R)"),
        List.of("ME(R)"),
        Map.of("ME", "OL"),
        Map.of(),
        3,
        null);
  }

  BatchStatistics run(NeuPrint neuPrint, RunContext context, Batch batch) {
    return new IndexBatch(
            neuPrint,
            cache,
            folder,
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
        .run(context, batch, DEADLINE);
  }

  List<IndexEntry> shard() {
    List<IndexEntry> entries = new ArrayList<>();
    try (Shard shard = folder.shard(batch()).orElseThrow()) {
      IndexEntry entry;
      while ((entry = shard.next()) != null) {
        entries.add(entry);
      }
    }
    return entries;
  }
}
