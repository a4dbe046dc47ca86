package quickpage.index.embedded.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteLibraryLoader;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import quickpage.index.local.UnusableFolder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * DynamoDB Local over a file in a folder, behind a free port of the loopback interface, so that a
 * cache outlives the process. One process at a time may use a folder; a killed one leaves nothing
 * to wait for, since the operating system lets go of its lock.
 *
 * <p>It is put together from DynamoDB Local's parts instead of its own start-up, which would listen
 * on every interface, print, and report its use to AWS.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {
  /** DynamoDB Local's own name for the data of all credentials and regions. */
  private static final String SHARED = "shared-local-instance";

  private final FileChannel lockFile;
  private final LocalDynamoDBRequestHandler requests;
  private final Server server;
  private final DynamoDbClient client;

  private EmbeddedDynamoDb(
      FileChannel lockFile,
      LocalDynamoDBRequestHandler requests,
      Server server,
      DynamoDbClient client) {
    this.lockFile = lockFile;
    this.requests = requests;
    this.server = server;
    this.client = client;
  }

  /**
   * Opens the folder, which is created if it is missing, and starts the server.
   *
   * @throws FolderInUse another process (or this one) has the folder open
   * @throws IOException the folder cannot be used; the message is a sentence
   */
  public static EmbeddedDynamoDb start(Path folder) throws IOException {
    FileChannel lockFile = lock(folder);
    try {
      loadSqlite();
      LocalDynamoDBRequestHandler requests =
          new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false);
      databases(requests).put(SHARED, open(folder.resolve(SHARED + ".db")));
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server, 1, 1);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(new LocalDynamoDBServerHandler(requests, null));
      server.start();
      return new EmbeddedDynamoDb(
          lockFile, requests, server, connect(connector.getLocalPort(), LocalCredentials.random()));
    } catch (IOException e) {
      lockFile.close();
      throw e;
    } catch (Exception e) {
      lockFile.close();
      throw new IOException(
          "The cache in " + folder + " could not be opened: " + e.getMessage() + ".", e);
    }
  }

  /** A client of the server; closed with it. */
  public DynamoDbClient client() {
    return client;
  }

  /**
   * Creates the table of the cache unless it is there: key {@code pk} (a string), paid per request,
   * items expire at {@code ttl} (epoch seconds).
   */
  public void createTable(String name) {
    try {
      client.describeTable(request -> request.tableName(name));
    } catch (ResourceNotFoundException e) {
      client.createTable(
          request ->
              request
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(
                      KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build())
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("pk")
                          .attributeType(ScalarAttributeType.S)
                          .build()));
      client.updateTimeToLive(
          request ->
              request
                  .tableName(name)
                  .timeToLiveSpecification(ttl -> ttl.attributeName("ttl").enabled(true)));
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("The cache's server could not be stopped: " + e.getMessage() + ".", e);
    } finally {
      requests.shutdown();
      lockFile.close();
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel file = lockFile(folder);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      file.close();
      throw new FolderInUse(folder);
    }
    file.close();
    throw new FolderInUse(folder);
  }

  private static FileChannel lockFile(Path folder) throws UnusableFolder {
    try {
      Files.createDirectories(folder);
      return FileChannel.open(
          folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UnusableFolder(folder, e);
    }
  }

  private static void loadSqlite() throws IOException {
    try {
      SQLiteLibraryLoader.initialize();
    } catch (Exception | LinkageError e) {
      throw new IOException(
          "DynamoDB Local has no SQLite library that works on %s %s: %s."
              .formatted(
                  System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
          e);
    }
  }

  private static AmazonDynamoDBLocal open(Path file) {
    return new LocalDBClient(
        new SqliteFile(file.toFile()),
        new JobsRegister(
            Executors.newSingleThreadExecutor(
                job -> {
                  Thread thread = new Thread(job, "dynamodb-local-jobs");
                  thread.setDaemon(true);
                  return thread;
                }),
            false));
  }

  /**
   * DynamoDB Local makes its databases when the first request comes, and offers no way to give it
   * one; so it finds ours where it would have put its own.
   */
  @SuppressWarnings("unchecked") // the field is declared so
  private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler requests) {
    try {
      Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
      field.setAccessible(true);
      return (Map<String, AmazonDynamoDBLocal>) field.get(requests);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not DynamoDB Local 2.6.1", e);
    }
  }

  private static DynamoDbClient connect(int port, LocalCredentials credentials) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials.provider())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .putAuthScheme(new UnsignedBodies())
        .build();
  }

  /** Another process uses the folder. */
  public static final class FolderInUse extends IOException {
    private static final long serialVersionUID = 1L;

    FolderInUse(Path folder) {
      super(
          "The cache in %s is in use by another run; wait for it to end, or name another folder with --cache."
              .formatted(folder));
    }
  }
}
