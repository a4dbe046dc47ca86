package quickpage.index.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.cache.MemoryCache;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.model.run.Batch;
import quickpage.index.model.run.Batch.BatchType;
import quickpage.index.model.run.Execution;
import quickpage.index.model.run.PlanResult;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.site.run.RunPlan;
import quickpage.index.site.run.Shard;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.MemoryStore;

class PlanRunTest extends PlanUnderTest {

  private List<IndexEntry> plannedEntries() {
    List<IndexEntry> entries = new ArrayList<>();
    for (RunPlan.PlannedShard planned : folder.plan().shards()) {
      try (Shard shard = folder.shard(planned)) {
        IndexEntry entry;
        while ((entry = shard.next()) != null) {
          entries.add(entry);
        }
        assertThat(shard.isWhole(planned)).isTrue();
      }
    }
    return entries;
  }

  private static List<String> names(Batch batch) {
    return batch.types().stream().map(BatchType::name).toList();
  }

  @Test
  void whatIsCachedGoesIntoShardsAndTheRestIntoBatches() {
    cached("A", 3);
    type("B", 3);
    cached("C", 3);
    page("D");

    PlanResult result = plan();

    assertThat(plannedEntries()).extracting(IndexEntry::name).containsExactly("A", "C", "D");
    assertThat(plannedEntries())
        .extracting(IndexEntry::status)
        .containsExactly(EntryStatus.OK, EntryStatus.OK, EntryStatus.NO_NEURONS);
    assertThat(result.batches()).isEqualTo(1);
    assertThat(folder.batches(folder.plan()))
        .extracting(PlanRunTest::names)
        .containsExactly(List.of("B"));
    assertThat(folder.plan().entries()).isEqualTo(new RunPlan.Entries(3, 1, 0));
    assertThat(folder.plan().statistics().hits()).isEqualTo(2);
    assertThat(folder.plan().statistics().misses()).isEqualTo(1);
  }

  @Test
  void aRunThatFindsEverythingCachedHasNoBatchesAndNoItems() {
    cached("A", 3);
    cached("B", 3);

    PlanResult result = plan();

    assertThat(result.batches()).isZero();
    assertThat(result.itemsKey()).isNull();
    assertThat(store.objects.keySet()).noneMatch(key -> key.contains("/batches-"));
  }

  @ParameterizedTest
  @CsvSource({"run-1, 2", "upload-1, 60", "2f0c-by-a-person, 2"})
  void aServerIsWaitedForAsLongAsWhoeverStartedTheRunWants(String execution, int seconds) {
    type("A", 3);
    PlanRequest usual = request(options());
    stage(store, cache)
        .run(
            new PlanRequest(
                usual.input(),
                new Execution("arn:x", execution, "2026-01-01T00:00:00Z"),
                Defaults.NONE),
            DEADLINE);

    assertThat(addresses)
        .extracting(NeuPrintAddress::firstContact)
        .containsExactly(Duration.ofSeconds(seconds));
  }

  /** Facts that no answer could give are asked for again, however they came into the cache. */
  @Test
  void cachedFactsThatContradictThemselvesAreMisses() {
    List<RoiSum> twice = List.of(new RoiSum("ME(R)", 1, 2), new RoiSum("ME(R)", 1, 2));
    Map<String, List<RoiSum>> wrong =
        Map.of(
            "A", twice,
            "B", List.of(new RoiSum("elsewhere", 1, 2)),
            "C", List.of(new RoiSum("ME(R)", -1, 2)));
    wrong.forEach(
        (type, rois) -> {
          cached(type, 3);
          TypeFacts right = facts(type, 3);
          cache.facts.put(
              type,
              new TypeFacts(type, right.counts(), right.synapses(), rois, right.properties()));
        });
    cached("D", 3);

    plan();

    assertThat(folder.batches(folder.plan()))
        .extracting(PlanRunTest::names)
        .containsExactly(List.of("A", "B", "C"));
  }

  @Test
  void factsOfAnotherNumberOfNeuronsOrWithoutWantedRoisAreMisses() {
    cached("A", 3);
    neuPrint.neurons.put("A", 4L);
    cached("B", 3);
    cache.facts.put(
        "B",
        new TypeFacts(
            "B",
            facts("B", 3).counts(),
            facts("B", 3).synapses(),
            null,
            facts("B", 3).properties()));

    plan();

    assertThat(folder.batches(folder.plan()))
        .extracting(PlanRunTest::names)
        .containsExactly(List.of("A", "B"));
  }

  private static ObjectNode facets(String... properties) {
    ObjectNode options = options();
    ArrayNode facets = options.putArray("facets");
    for (String property : properties) {
      facets.addObject().put("property", property).put("label", "of " + property);
    }
    return options;
  }

  /** Facts of a type that were read with some facets, of each of which it has a value. */
  private static TypeFacts facts(String type, String... facets) {
    TypeFacts usual = facts(type, 3);
    TypeProperties none = usual.properties();
    SortedMap<String, List<String>> classes = new TreeMap<>();
    for (String facet : facets) {
      classes.put(facet, List.of("one"));
    }
    return new TypeFacts(
        type,
        usual.counts(),
        usual.synapses(),
        usual.rois(),
        new TypeProperties(
            none.neurotransmitter(),
            none.superclasses(),
            none.classes(),
            none.subclasses(),
            none.dimorphism(),
            none.synonyms(),
            none.flywireTypes(),
            none.somaNeuromeres(),
            none.hemilineages(),
            none.itoleeHemilineages(),
            none.supertypes(),
            none.otherTypes(),
            classes),
        List.of(facets));
  }

  @Test
  void factsThatWereReadWithoutAWantedPropertyAreMisses() {
    List.of("A", "B", "C", "D").forEach(type -> cached(type, 3));
    cache.facts.put("B", facts("B", "order"));
    cache.facts.put("C", facts("C", "order", "tract"));
    cache.facts.put("D", facts("D", "tract"));

    plan(facets("order", "nerve"));

    assertThat(folder.batches(folder.plan()))
        .extracting(PlanRunTest::names)
        .containsExactly(List.of("A", "D"));
    assertThat(plannedEntries())
        .extracting(IndexEntry::name, IndexEntry::otherClasses)
        .as("what is not wanted is left out, so that the same options give the same bytes")
        .containsExactly(
            tuple("B", Map.of("order", List.of("one"))),
            tuple("C", Map.of("order", List.of("one"))));
  }

  @Test
  void factsWithMorePropertiesThanAreWantedServe() {
    cached("A", 3);
    cache.facts.put("A", facts("A", "order", "nerve"));

    assertThat(plan().batches()).isZero();
    assertThat(plannedEntries())
        .extracting(IndexEntry::otherClasses)
        .containsExactly(new TreeMap<>(Map.of("nerve", List.of("one"))));
  }

  @Test
  void facetsThatTheDatasetDoesNotHaveAreAllNamed() {
    type("A", 3);
    neuPrint.properties = List.of("LO(R)", "order", "bodyId", "type");

    assertThatThrownBy(() -> plan(facets("oder", "order", "tract")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The neurons of cns:v1 have no property \"oder\", \"tract\", which options.facets"
                + " names; they have bodyId, order, type.");
    assertThat(store.objects.keySet()).noneMatch(key -> key.contains("plan"));

    neuPrint.properties = null;
    assertThat(
            stage(store, new MemoryCache())
                .run(request(facets("oder", "tract")), DEADLINE)
                .batches())
        .as("a dataset that does not say which its neurons have")
        .isEqualTo(1);
  }

  @Test
  void facetsAreHeldAgainstWhatIsCachedOfTheDataset() {
    type("A", 3);
    neuPrint.properties = List.of("order");
    plan();

    assertThatThrownBy(
            () -> stage(new MemoryStore(), cache).run(request(facets("tract")), DEADLINE))
        .hasMessageStartingWith("The neurons of cns:v1 have no property \"tract\"");
  }

  @Test
  void aRefreshLooksNothingUp() {
    cached("A", 3);

    plan(options().put("refresh", true));

    assertThat(plannedEntries()).isEmpty();
    assertThat(folder.plan().statistics().hits()).isZero();
    assertThat(folder.plan().statistics().misses()).isZero();
    assertThat(folder.plan().batches()).isEqualTo(1);
  }

  @Test
  void theOptionsOfTheRunApplyToWhatIsCached() {
    cached("A", 3);

    plan(options().put("minNeuronsForRois", 4));

    assertThat(plannedEntries().get(0).rois()).isEmpty();
  }

  @Test
  void aDatasetWithoutAVersionIsNotLookedUp() {
    neuPrint.version = new DatasetVersion(DATASET, "", "");
    cached("A", 3);

    plan();

    assertThat(folder.plan().batches()).isEqualTo(1);
    assertThat(cache.datasets).isEmpty();
  }

  @Test
  void theCacheIsReadInSlicesOfAThousandTypesInTheOrderOfTheNames() {
    for (int i = 0; i < 2_500; i++) {
      cached("T%04d".formatted(i), 1);
    }
    Map<String, Integer> sizes = new TreeMap<>();
    MemoryCache watched =
        new MemoryCache() {
          @Override
          public Found read(DatasetVersion version, Collection<String> types) {
            synchronized (sizes) {
              sizes.put(types.iterator().next(), types.size());
            }
            return cache.read(version, types);
          }
        };

    stage(store, watched).run(request(options()), DEADLINE);

    assertThat(sizes).isEqualTo(Map.of("T0000", 1000, "T1000", 1000, "T2000", 500));
    assertThat(plannedEntries())
        .extracting(IndexEntry::name)
        .containsExactlyElementsOf(neuPrint.neurons.keySet());
  }

  @Test
  void theLargestBatchIsTheFirstItemAndItsNumberSaysWhereItsTypesStand() {
    for (int i = 0; i < 8; i++) {
      type("T" + i, i == 5 ? 30_000 : 6_000);
    }

    plan();

    RunPlan plan = folder.plan();
    String items =
        new String(
            store.objects.get(folder.key(plan.items())), java.nio.charset.StandardCharsets.UTF_8);
    Batch[] inOrder = Json.convert(tree(items), Batch[].class);
    assertThat(names(inOrder[0])).containsExactly("T5");
    assertThat(inOrder[0].number()).isPositive();
    assertThat(folder.batches(plan))
        .isSortedAccordingTo(java.util.Comparator.comparing(Batch::number));
  }

  private static com.fasterxml.jackson.databind.JsonNode tree(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyItemCarriesThePlansChecksumAndNamesTheContext() {
    type("A", 3);

    plan();

    RunPlan plan = folder.plan();
    assertThat(folder.batches(plan))
        .allMatch(batch -> batch.plan().equals(plan.checksum()))
        .allMatch(batch -> batch.context().equals(plan.context()));
    assertThat(folder.context(plan.context()).version()).isEqualTo(VERSION);
  }

  @Test
  void anAttemptThatFindsAPlanAnswersFromItAndWritesNothingMore() {
    cached("A", 3);
    type("B", 3);
    PlanResult first = plan();
    Set<String> written = Set.copyOf(store.objects.keySet());
    neuPrint.asked.clear();
    cached("B", 3);

    PlanResult again = plan();

    assertThat(again).isEqualTo(first);
    assertThat(store.objects.keySet()).isEqualTo(written);
    assertThat(neuPrint.asked).isEmpty();
  }

  /** A store that ends the process at one of its writes, before or after it is done. */
  private static final class Cut extends MemoryStore {
    private int writesLeft;

    Cut(MemoryStore before, int writes) {
      objects.putAll(before.objects);
      writesLeft = writes;
    }

    private synchronized void count() {
      if (writesLeft-- <= 0) {
        throw new KilledException();
      }
    }

    @Override
    public String write(String key, Content content) {
      count();
      return super.write(key, content);
    }

    @Override
    public synchronized Optional<String> writeIfUnchanged(
        String key, Content content, Optional<String> seen) {
      count();
      writesLeft++;
      return super.writeIfUnchanged(key, content, seen);
    }
  }

  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void anAttemptThatIsCutOffBetweenAnyTwoWritesLeavesNothingThatIsRead() {
    cached("A", 3);
    type("B", 3);
    MemoryStore before = new MemoryStore();
    before.objects.putAll(store.objects);

    for (int writes = 0; ; writes++) {
      Cut cut = new Cut(before, writes);
      boolean killed = false;
      try {
        stage(cut, cache).run(request(options()), DEADLINE);
      } catch (KilledException e) {
        killed = true;
      }
      store.objects.clear();
      store.objects.putAll(cut.objects);
      assertThat(folder.planIfThere().isPresent()).isEqualTo(!killed);

      // The repeat finds more in the cache than the first attempt did.
      MemoryCache fuller = new MemoryCache();
      fuller.facts.putAll(Map.of("A", facts("A", 3), "B", facts("B", 3)));
      PlanResult repeated = stage(store, fuller).run(request(options()), DEADLINE);

      assertThat(repeated.batches()).as("after %d writes", writes).isEqualTo(killed ? 0 : 1);
      assertThat(plannedEntries())
          .extracting(IndexEntry::name)
          .isEqualTo(killed ? List.of("A", "B") : List.of("A"));
      if (!killed) {
        assertThat(writes).isGreaterThanOrEqualTo(4);
        return;
      }
    }
  }

  @Test
  void ofTwoAttemptsThatOverlapTheFirstPlanWrittenIsTheRuns() {
    cached("A", 3);
    type("B", 3);
    List<PlanResult> other = new ArrayList<>();
    MemoryCache fuller = new MemoryCache();
    fuller.facts.putAll(Map.of("A", facts("A", 3), "B", facts("B", 3)));
    // While the first attempt is about to write its plan, its repeat comes and ends before it.
    MemoryStore overlapping =
        new MemoryStore() {
          @Override
          public synchronized Optional<String> writeIfUnchanged(
              String key, Content content, Optional<String> seen) {
            if (other.isEmpty()) {
              other.add(stage(store, fuller).run(request(options()), DEADLINE));
              objects.putAll(store.objects);
            }
            return super.writeIfUnchanged(key, content, seen);
          }
        };
    overlapping.objects.putAll(store.objects);

    PlanResult late = stage(overlapping, cache).run(request(options()), DEADLINE);

    assertThat(late).isEqualTo(other.get(0));
    assertThat(late.batches()).isZero();
  }

  @Test
  void aRefusalWritesNoPlan() {
    page("X");

    assertThatThrownBy(this::plan).hasMessageContaining("Not one of the 1 pages");
    assertThat(folder.planIfThere()).isEmpty();
  }

  @Test
  void aRunThatAsksNothingHasAllEntriesInItsPlan() {
    page("A");
    page("B_L");

    PlanResult result = plan(options().put("roiAnalysis", false));

    assertThat(result.batches()).isZero();
    assertThat(plannedEntries()).extracting(IndexEntry::status).containsOnly(EntryStatus.NOT_ASKED);
    assertThat(neuPrint.asked).isEmpty();
  }
}
