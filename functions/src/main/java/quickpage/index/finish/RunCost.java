package quickpage.index.finish;

import java.time.YearMonth;
import java.util.Map;

/**
 * What a run costs, estimated from its report with the list prices of us-east-1, without free
 * tiers, repeats, logs, traces, storage and data transfer, which are cents or less.
 */
public final class RunCost {

  /** When the prices were looked up; the dashboard and docs/deploying.md name it, too. */
  static final YearMonth PRICES_OF = YearMonth.of(2025, 6);

  /** AWS Lambda on arm64, USD for one GB for one second. */
  public static final double GIGABYTE_SECOND = 0.000_013_333_4;

  /** AWS Lambda, USD for one request. */
  public static final double INVOCATION = 0.20 / 1_000_000;

  /** Step Functions, STANDARD, USD for one state transition. */
  private static final double TRANSITION = 0.025 / 1_000;

  /** DynamoDB on demand, USD. */
  private static final double READ_UNIT = 0.125 / 1_000_000;

  private static final double WRITE_UNIT = 0.625 / 1_000_000;

  /** S3 Standard, USD: PUT, COPY and LIST; and GET and HEAD. */
  private static final double S3_WRITE = 0.005 / 1_000;

  private static final double S3_READ = 0.000_4 / 1_000;

  /** States that a run enters: six beside the map, its own, and how it ended. */
  private static final int STATES = 8;

  /** A child is counted when it starts, and for the state it has. */
  private static final int STATES_PER_BATCH = 2;

  /** An eventually consistent read of up to 4 KB. */
  private static final double UNITS_PER_READ = 0.5;

  /** Facts of a type are up to 2 KB, and a unit is 1 KB. */
  private static final int UNITS_PER_WRITE = 2;

  /** Plan, context, items; then shard and statistics of each batch; then files, copies, report. */
  private static final int FILES_OF_A_RUN = 40;

  private static final int FILES_PER_BATCH = 2;

  /** Each batch reads the context; compose and finish read what it left, statistics twice. */
  private static final int READS_PER_BATCH = 4;

  private static final int PAGES_PER_LIST = 1_000;

  private RunCost() {}

  /**
   * What the estimate rests on.
   *
   * @param milliseconds of each stage's functions, all batches added up
   * @param cacheReads types that the cache was asked for
   * @param cacheWrites types whose facts it was given
   * @param pages that were listed
   */
  public record Usage(
      Map<String, Long> milliseconds, int batches, long cacheReads, long cacheWrites, int pages) {}

  /** US dollars. */
  public static double of(Usage usage, FunctionMemory memory) {
    double gigabyteSeconds =
        usage.milliseconds().entrySet().stream()
            .mapToDouble(stage -> memory.gigabytes(stage.getKey()) * stage.getValue() / 1000)
            .sum();
    int invocations = usage.batches() + usage.milliseconds().size();
    if (usage.milliseconds().containsKey("batch")) {
      invocations--;
    }
    return gigabyteSeconds * GIGABYTE_SECOND
        + invocations * INVOCATION
        + (STATES + (double) STATES_PER_BATCH * usage.batches()) * TRANSITION
        + usage.cacheReads() * UNITS_PER_READ * READ_UNIT
        + (double) usage.cacheWrites() * UNITS_PER_WRITE * WRITE_UNIT
        + (FILES_OF_A_RUN
                + (double) FILES_PER_BATCH * usage.batches()
                + Math.ceil(usage.pages() / (double) PAGES_PER_LIST))
            * S3_WRITE
        + (double) READS_PER_BATCH * usage.batches() * S3_READ;
  }
}
