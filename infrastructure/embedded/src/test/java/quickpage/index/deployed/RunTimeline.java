package quickpage.index.deployed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * When an index would be published, counted from StartExecution: what was measured, and between it
 * what AWS adds, by the best public source for each.
 */
final class RunTimeline {

  /** An assumption: no public measurement of standard workflows was found. */
  private static final double TRANSITION = 0.05;

  /** StartExecution to Begin, PlanRun, WhatToDo, and from there to the map or to ComposeIndex. */
  private static final int TRANSITIONS = 4;

  /** A child's start and its one state; the map to ComposeIndex. */
  private static final int TRANSITIONS_OF_THE_MAP = 3;

  /**
   * A Distributed Map of 100 items that do nothing: work done within one second, the next state
   * after seven. https://repost.aws/questions/QUn5oKgcnjRTemt39V9hdtyw.
   */
  private static final double MAP = 7;

  /**
   * A Java 21 function that does nothing, from a snapshot, called for the first time: 0.65 s.
   * https://github.com/maxday/lambda-perf/issues/1858.
   */
  private static final double RESTORE = 0.65;

  private final List<Step> steps = new ArrayList<>();

  private record Step(String what, double seconds, boolean ofNeuPrint, String source) {}

  /**
   * Puts a run together.
   *
   * @param runs what the run took with the memory of a stage, by stage
   * @param neuPrint seconds that NeuPrint needs for the questions of all batches
   */
  RunTimeline(java.util.function.Function<String, MeasuredRun> runs, double neuPrint) {
    MeasuredRun.Call plan = runs.apply("plan").mean("plan");
    MeasuredRun ofBatches = runs.apply("batch");
    MeasuredRun.Call batch = ofBatches.mean("batch");
    add("Step Functions: %d transitions".formatted(TRANSITIONS), TRANSITIONS * TRANSITION, ASSUMED);
    add("plan: restore", RESTORE, "maxday/lambda-perf");
    add("plan: its own work, first call", plan.own(), MEASURED);
    steps.add(new Step("plan: NeuPrint", plan.waiting(), true, MEASURED));
    if (ofBatches.batches() > 0) {
      int rounds = (ofBatches.batches() + ofBatches.children() - 1) / ofBatches.children();
      add("Distributed Map: start and end", MAP, "repost.aws, 100 items");
      add("Step Functions: its transitions", TRANSITIONS_OF_THE_MAP * TRANSITION, ASSUMED);
      add("batch: restore", RESTORE, "maxday/lambda-perf");
      add(
          "batch: own work, first calls, %d batches, %d at once"
              .formatted(ofBatches.batches(), ofBatches.children()),
          rounds * batch.own(),
          MEASURED);
      steps.add(new Step("batch: NeuPrint, all questions", neuPrint, true, MEASURED_ALONE));
    }
    add("compose: restore", RESTORE, "maxday/lambda-perf");
    add(
        "compose: first call, until the page is switched",
        runs.apply("compose").mean("compose").seconds(),
        MEASURED);
  }

  private static final String ASSUMED = "assumed, 0.05 s each";
  private static final String MEASURED = "measured";
  private static final String MEASURED_ALONE = "measured, the server alone";

  private void add(String what, double seconds, String source) {
    steps.add(new Step(what, seconds, false, source));
  }

  /** Seconds until the page is switched. */
  double total() {
    return sum(Step::seconds);
  }

  private double sum(ToDoubleFunction<Step> part) {
    return steps.stream().mapToDouble(part).sum();
  }

  /** A table in Markdown. */
  String table(String title) {
    StringBuilder table =
        new StringBuilder("| %s | s | from |%n| --- | --- | --- |%n".formatted(title));
    for (Step step : steps) {
      table.append(
          String.format(
              Locale.ROOT, "| %s | %.2f | %s |%n", step.what(), step.seconds(), step.source()));
    }
    double neuPrint = sum(step -> step.ofNeuPrint() ? step.seconds() : 0);
    table.append(
        String.format(
            Locale.ROOT,
            "| together | %.1f | of them NeuPrint %.1f, ours and AWS's %.1f |%n",
            total(),
            neuPrint,
            total() - neuPrint));
    return table.toString();
  }
}
