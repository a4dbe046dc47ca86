package quickpage.index.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import quickpage.index.cache.FactCache;
import quickpage.index.error.DatasetEditedException;
import quickpage.index.io.InParallel;
import quickpage.index.io.WorkTimes;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Options;
import quickpage.index.model.SideRules;
import quickpage.index.model.run.Settings;
import quickpage.index.model.run.Work;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;

/**
 * What a run asks of its dataset before it asks for types. The version is always asked; what else
 * is asked is a fact of that version and may be cached.
 */
final class DatasetQuestions {

  private final FactCache cache;
  private final WorkTimes times;

  DatasetQuestions(FactCache cache, WorkTimes times) {
    this.cache = cache;
    this.times = times;
  }

  /**
   * Asks with as few round trips one after the other as possible: one, unless the dataset was
   * edited since it was cached.
   *
   * @throws quickpage.index.error.RefusedException first of all for a name that the server does not
   *     have
   */
  DatasetFacts ask(NeuPrint neuPrint, Settings settings) {
    String name = settings.dataset();
    int atOnce = settings.options().maxConcurrency();
    Optional<DatasetFacts> kept =
        settings.options().refresh()
            ? Optional.empty()
            : times.measure(Work.CACHE_READ, () -> cache.dataset(name));
    Runnable check = () -> check(neuPrint, name);
    if (kept.isEmpty()) {
      return keep(facts(InParallel.guarded(check, questions(neuPrint, name), atOnce)), settings);
    }
    Supplier<DatasetVersion> asked =
        () -> times.measure(Work.VERSION, () -> neuPrint.version(name));
    DatasetVersion version = InParallel.guarded(check, List.of(asked), atOnce).get(0);
    return kept.filter(facts -> facts.version().equals(version))
        .orElseGet(
            () ->
                keep(
                    facts(InParallel.map(questions(neuPrint, name), atOnce, Supplier::get)),
                    settings));
  }

  private void check(NeuPrint neuPrint, String name) {
    times.measure(
        Work.VERSION,
        () -> {
          neuPrint.checkDataset(name);
          return name;
        });
  }

  /**
   * Which properties tell sides is asked only where the rule depends on it: it reads all neurons.
   */
  private List<Supplier<Object>> questions(NeuPrint neuPrint, String name) {
    List<Supplier<Object>> questions = new ArrayList<>();
    questions.add(() -> times.measure(Work.META, () -> neuPrint.meta(name)));
    questions.add(() -> times.measure(Work.TYPES, () -> neuPrint.types(name)));
    if (SideRules.dependOnProperties(name)) {
      questions.add(() -> times.measure(Work.META, () -> neuPrint.sideProperties(name)));
    }
    return questions;
  }

  private static DatasetFacts facts(List<Object> answers) {
    DatasetMeta meta = (DatasetMeta) answers.get(0);
    TypeCensus census = (TypeCensus) answers.get(1);
    SideProperties sides =
        answers.size() > 2
            ? (SideProperties) answers.get(2)
            : new SideProperties(meta.version(), false, false, false);
    sameVersion(meta.version(), census.version());
    sameVersion(meta.version(), sides.version());
    return new DatasetFacts(
        meta.version(),
        census.neurons(),
        sides.rootSide(),
        sides.somaSide(),
        sides.side(),
        meta.primaryRois(),
        meta.hierarchy(),
        meta.roiDescriptions(),
        meta.neuronProperties());
  }

  private static void sameVersion(DatasetVersion planned, DatasetVersion answered) {
    if (!planned.equals(answered)) {
      throw new DatasetEditedException(planned, answered);
    }
  }

  private DatasetFacts keep(DatasetFacts facts, Settings settings) {
    if (facts.version().tellsEdits()) {
      Duration timeToLive = timeToLive(settings.options());
      times.measure(Work.CACHE_WRITE, () -> cache.keepDataset(facts, timeToLive));
    }
    return facts;
  }

  private static Duration timeToLive(Options options) {
    return Duration.ofMillis(Math.round(options.cacheTtlHours() * 3_600_000));
  }
}
