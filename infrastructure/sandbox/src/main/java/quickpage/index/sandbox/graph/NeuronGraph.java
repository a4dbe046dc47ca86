package quickpage.index.sandbox.graph;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.QueryExecutionException;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.security.AuthorizationViolationException;
import org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo;
import org.neo4j.internal.kernel.api.security.AccessMode;
import org.neo4j.internal.kernel.api.security.LoginContext;
import org.neo4j.internal.kernel.api.security.SecurityContext;
import org.neo4j.io.locker.FileLockException;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.kernel.api.exceptions.Status;
import org.neo4j.kernel.api.procedure.GlobalProcedures;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.logging.NullLogProvider;

/** The embedded database. Thread-safe; {@link #close} it, or its store is recovered next time. */
public final class NeuronGraph implements AutoCloseable {
  /** What the sandbox answers to a write, and the real server does not. */
  public static final String WRITE_REFUSED = "Neo.ClientError.Statement.AccessMode";

  private static final LoginContext READER = login(AccessMode.Static.READ);

  /** Who may read may not list indexes and constraints: these commands need more, and only read. */
  private static final LoginContext SCHEMA_READER = login(AccessMode.Static.FULL);

  private static final Pattern SCHEMA_LISTING =
      Pattern.compile(
          "(?:\\s|/\\*.*?\\*/|//[^\n]*\n)*SHOW\\s+(?:\\w+\\s+){0,3}(?:INDEX|CONSTRAINT).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final DatabaseManagementService service;
  private final GraphDatabaseAPI database;

  private NeuronGraph(DatabaseManagementService service, GraphDatabaseAPI database) {
    this.service = service;
    this.database = database;
  }

  /**
   * Starts Neo4j on a folder, new or used before.
   *
   * @param transactionMemory bytes that one query may hold, if limited; Neo4j accepts 1 MiB and
   *     more
   */
  public static NeuronGraph open(Path folder, Optional<Long> transactionMemory) {
    DatabaseManagementServiceBuilder builder =
        new DatabaseManagementServiceBuilder(folder)
            .setUserLogProvider(NullLogProvider.getInstance())
            .setConfig(BoltConnector.enabled, false)
            .setConfig(GraphDatabaseInternalSettings.udc_network_enabled, false)
            .setConfig(GraphDatabaseSettings.pagecache_memory, 1L << 30)
            .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
            .setConfig(GraphDatabaseSettings.allow_file_urls, false)
            .setConfig(GraphDatabaseSettings.log_queries, GraphDatabaseSettings.LogQueryLevel.OFF)
            // The default of 2 s would let a query run on long after a short limit.
            .setConfig(
                GraphDatabaseSettings.transaction_monitor_check_interval, Duration.ofMillis(100));
    transactionMemory.ifPresent(
        bytes -> builder.setConfig(GraphDatabaseSettings.memory_transaction_max_size, bytes));
    DatabaseManagementService service = build(builder);
    try {
      GraphDatabaseAPI database =
          (GraphDatabaseAPI) service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
      ApocFunctions.register(
          database.getDependencyResolver().resolveDependency(GlobalProcedures.class));
      return new NeuronGraph(service, database);
    } catch (RuntimeException failure) {
      service.shutdown();
      throw failure;
    }
  }

  /** Another process has the folder open. */
  public static final class InUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InUseException(Throwable cause) {
      super(cause);
    }
  }

  private static DatabaseManagementService build(DatabaseManagementServiceBuilder builder) {
    try {
      return builder.build();
    } catch (RuntimeException failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof FileLockException) {
          throw new InUseException(failure);
        }
      }
      throw failure;
    }
  }

  /**
   * Runs a query that may only read. A write fails with {@link #WRITE_REFUSED} and changes nothing.
   *
   * @param limit after which Neo4j ends the query with {@code
   *     Neo.ClientError.Transaction.TransactionTimedOut}; zero for none
   */
  public void read(String cypher, Duration limit, RowVisitor visitor) throws QueryFailedException {
    try (Transaction transaction =
        database.beginTransaction(
            KernelTransaction.Type.IMPLICIT,
            SCHEMA_LISTING.matcher(cypher).matches() ? SCHEMA_READER : READER,
            ClientConnectionInfo.EMBEDDED_CONNECTION,
            limit.toMillis(),
            TimeUnit.MILLISECONDS)) {
      try (Result result = transaction.execute(cypher)) {
        List<String> columns = result.columns();
        visitor.columns(columns);
        result.accept(
            row -> {
              Object[] values = new Object[columns.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = row.get(columns.get(i));
              }
              visitor.row(values);
              return true;
            });
      }
      transaction.commit();
    } catch (RuntimeException failure) {
      throw asQueryFailed(failure);
    }
  }

  /** Changes the graph, for the loader and for tests that edit the dataset. */
  public void write(String cypher, Map<String, Object> parameters) throws QueryFailedException {
    try (Transaction transaction = database.beginTx()) {
      transaction.execute(cypher, parameters).close();
      transaction.commit();
    } catch (RuntimeException failure) {
      throw asQueryFailed(failure);
    }
  }

  void inTransaction(Consumer<Transaction> work) {
    try (Transaction transaction = database.beginTx(0, TimeUnit.MILLISECONDS)) {
      work.accept(transaction);
      transaction.commit();
    }
  }

  @Override
  public void close() {
    service.shutdown();
  }

  private static LoginContext login(AccessMode mode) {
    return SecurityContext.authDisabled(
        mode,
        ClientConnectionInfo.EMBEDDED_CONNECTION,
        GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
  }

  private static QueryFailedException asQueryFailed(RuntimeException failure) {
    String code = null;
    String message = failure.getMessage();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationViolationException) {
        return new QueryFailedException(
            WRITE_REFUSED, "Writing in read access mode not allowed.", failure);
      }
      if (code == null && cause instanceof QueryExecutionException refused) {
        code = refused.getStatusCode();
      }
      if (code == null && cause instanceof Status.HasStatus carrier) {
        code = carrier.status().code().serialize();
        message = cause.getMessage();
      }
    }
    if (code == null) {
      throw failure;
    }
    // The real server's limit is Neo4j's own setting; here it travels with each transaction, which
    // Neo4j reports as the client's.
    return new QueryFailedException(
        code.replace("TimedOutClientConfiguration", "TimedOut"), message, failure);
  }
}
