package quickpage.index.embedded.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteLibraryLoader;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * DynamoDB for the time of a test: DynamoDB Local in memory, behind a free port of the loopback
 * interface. Its own start-up would listen on every interface and report its use to AWS.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {
  private final LocalDynamoDBRequestHandler requests;
  private final Server server;
  private final DynamoDbClient client;

  private EmbeddedDynamoDb(
      LocalDynamoDBRequestHandler requests, Server server, DynamoDbClient client) {
    this.requests = requests;
    this.server = server;
    this.client = client;
  }

  /** Starts the server. */
  public static EmbeddedDynamoDb start() throws IOException {
    try {
      SQLiteLibraryLoader.initialize();
      var requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server, 1, 1);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(new LocalDynamoDBServerHandler(requests, null));
      server.start();
      return new EmbeddedDynamoDb(requests, server, connect(connector.getLocalPort()));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("DynamoDB Local could not be started", e);
    }
  }

  private static DynamoDbClient connect(int port) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .credentialsProvider(LocalCredentials.random().provider())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** A client of the server; closed with it. */
  public DynamoDbClient client() {
    return client;
  }

  /**
   * Creates a table as the template does: key {@code pk} (a string), paid per request. But nothing
   * expires: many a test's clock stands still in the past, and DynamoDB Local would remove within
   * seconds what has expired by the real time.
   */
  public void createTable(String name) {
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
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("DynamoDB Local could not be stopped", e);
    } finally {
      requests.shutdown();
    }
  }
}
