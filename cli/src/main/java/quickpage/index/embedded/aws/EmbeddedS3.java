package quickpage.index.embedded.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import quickpage.index.lambda.BodyAtOnce;
import quickpage.index.local.UnusableFolder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 over folders of this machine, behind a free port of the loopback interface: S3Proxy, with a
 * bucket for each folder and with credentials that are made anew for every start. Nothing beside
 * the given folders can be reached. Several processes may serve one folder; conditional writes hold
 * within one of them.
 */
public final class EmbeddedS3 implements AutoCloseable {
  private final Path links;
  private final Map<String, FolderBlobStore> stores;
  private final S3Proxy server;
  private final S3Client client;

  private EmbeddedS3(
      Path links, Map<String, FolderBlobStore> stores, S3Proxy server, S3Client client) {
    this.links = links;
    this.stores = stores;
    this.server = server;
    this.client = client;
  }

  /**
   * Starts the server.
   *
   * @param folders by bucket name; of any name, and created if they are missing
   * @throws IOException a folder cannot be used, or the server cannot be started; the message is a
   *     sentence
   */
  public static EmbeddedS3 start(Map<String, Path> folders) throws IOException {
    Path links = Files.createTempDirectory("quickpage-index-s3-");
    try {
      for (Map.Entry<String, Path> folder : folders.entrySet()) {
        Files.createSymbolicLink(links.resolve(folder.getKey()), created(folder.getValue()));
      }
      BlobStore buckets = new FilesystemNio2BlobStore(links.toString());
      Map<String, FolderBlobStore> stores = new HashMap<>();
      for (Map.Entry<String, Path> folder : folders.entrySet()) {
        stores.put(
            folder.getKey(),
            new FolderBlobStore(buckets, folder.getKey(), folder.getValue().toRealPath()));
      }
      LocalCredentials credentials = LocalCredentials.random();
      S3Proxy server = serve(buckets, stores, credentials);
      return new EmbeddedS3(links, stores, server, connect(server.getPort(), credentials));
    } catch (IOException e) {
      deleteLinks(links);
      throw e;
    } catch (Exception e) {
      deleteLinks(links);
      throw new IOException("S3Proxy could not be started: " + e.getMessage() + ".", e);
    }
  }

  private static Path created(Path folder) throws UnusableFolder {
    try {
      Files.createDirectories(folder);
      return folder.toRealPath();
    } catch (IOException e) {
      throw new UnusableFolder(folder, e);
    }
  }

  private static S3Proxy serve(
      BlobStore buckets, Map<String, FolderBlobStore> stores, LocalCredentials credentials)
      throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(buckets)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.identity(), credentials.secret())
            .stopTimeout(0)
            .build();
    server.setBlobStoreLocator(
        (identity, bucket, key) -> {
          BlobStore store = bucket == null ? null : stores.get(bucket);
          return store == null || !credentials.identity().equals(identity)
              ? null
              : new AccessGrant(credentials.secret(), store);
        });
    server.start();
    return server;
  }

  private static S3Client connect(int port, LocalCredentials credentials) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials.provider())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .putAuthScheme(new UnsignedBodies())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .overrideConfiguration(settings -> settings.addExecutionInterceptor(new BodyAtOnce()))
        .build();
  }

  /** A client of the server; closed with it. */
  public S3Client client() {
    return client;
  }

  /**
   * Removes what killed processes left of objects that they were writing. Only for whoever alone
   * writes to the bucket.
   */
  public void clearUnfinished(String bucket) throws IOException {
    stores.get(bucket).clearStaging();
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("S3Proxy could not be stopped: " + e.getMessage() + ".", e);
    } finally {
      deleteLinks(links);
    }
  }

  private static void deleteLinks(Path links) throws IOException {
    try (var each = Files.newDirectoryStream(links)) {
      for (Path link : each) {
        Files.deleteIfExists(link);
      }
    }
    Files.deleteIfExists(links);
  }
}
