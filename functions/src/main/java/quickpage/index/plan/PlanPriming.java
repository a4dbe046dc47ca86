package quickpage.index.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import quickpage.index.cache.FactCache;
import quickpage.index.lease.RunCoordination;
import quickpage.index.model.run.Execution;
import quickpage.index.model.run.PlanResult;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.client.NeuPrintPriming;
import quickpage.index.site.store.ObjectStore;
import quickpage.index.site.store.SiteStores;

/** SnapStart priming of the stage: loads its classes before a snapshot is taken. */
final class PlanPriming {

  private PlanPriming() {}

  /** Plans a run of {@link NeuPrintPriming#TYPE} that there is not. */
  static PlanResult prime(NeuPrint neuPrint, FactCache cache, ObjectStore store) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.putObject("site").put("bucket", store.bucket());
    input
        .putObject("neuprint")
        .put("server", "https://priming.invalid")
        .put("dataset", NeuPrintPriming.VERSION.dataset());
    return new PlanRun(
            SiteStores.of(bucket -> store),
            (deadline, address) -> neuPrint,
            cache,
            RunCoordination.NONE,
            Clock.systemUTC())
        .run(
            new PlanRequest(
                input,
                new Execution("priming", "priming", Instant.EPOCH.toString()),
                Defaults.NONE),
            Instant.now().plusSeconds(60));
  }
}
