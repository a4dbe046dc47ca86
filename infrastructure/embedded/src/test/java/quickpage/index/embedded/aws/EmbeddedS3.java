package quickpage.index.embedded.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import quickpage.index.lambda.BodyAtOnce;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * S3 for the time of a test: S3Proxy over a folder, whose own folders are the buckets, behind a
 * free port of the loopback interface.
 */
public final class EmbeddedS3 implements AutoCloseable {
  private final Path buckets;
  private final Objects objects;
  private final S3Proxy server;
  private final S3Client client;

  private EmbeddedS3(Path buckets, Objects objects, S3Proxy server, S3Client client) {
    this.buckets = buckets;
    this.objects = objects;
    this.server = server;
    this.client = client;
  }

  /** Starts the server. */
  public static EmbeddedS3 start(Path buckets) throws IOException {
    LocalCredentials credentials = LocalCredentials.random();
    Objects store = new Objects(new FilesystemNio2BlobStore(buckets.toRealPath().toString()));
    try {
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(
                  AuthenticationType.AWS_V4, credentials.identity(), credentials.secret())
              .stopTimeout(0)
              .build();
      server.setBlobStoreLocator(
          (identity, bucket, key) ->
              credentials.identity().equals(identity)
                  ? new AccessGrant(credentials.secret(), store)
                  : null);
      server.start();
      return new EmbeddedS3(buckets, store, server, connect(server.getPort(), credentials));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("S3Proxy could not be started", e);
    }
  }

  private static S3Client connect(int port, LocalCredentials credentials) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .forcePathStyle(true)
        // Plain bodies: S3Proxy answers, and closes, without having read what follows the last
        // chunk,
        // while the client may still be writing it.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials.provider())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(settings -> settings.addExecutionInterceptor(new BodyAtOnce()))
        .build();
  }

  /**
   * Lists the objects under a prefix once, and answers the same from then on: S3Proxy looks at
   * every file of a folder for each thousand that it lists, which S3 does not. For objects that
   * stay.
   */
  public void rememberListings(String prefix) {
    objects.remembered = prefix;
  }

  private static final class Objects extends ForwardingBlobStore {
    private final Map<ListObjectsV2Request, ListObjectsV2Response> listings =
        new ConcurrentHashMap<>();
    private volatile String remembered;

    Objects(BlobStore store) {
      super(store);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
      return remembered != null && remembered.equals(request.prefix())
          ? listings.computeIfAbsent(request, super::list)
          : super.list(request);
    }

    /**
     * Reads a body whole before anything is decided: where S3Proxy refuses a write without reading
     * its body, it closes a connection that the client goes on using.
     */
    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
      try {
        return super.putBlob(request, new ByteArrayInputStream(payload.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Makes a bucket, and gives the folder of its objects. */
  public Path createBucket(String name) throws IOException {
    return Files.createDirectory(buckets.resolve(name));
  }

  /** A client of the server; closed with it. */
  public S3Client client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("S3Proxy could not be stopped", e);
    }
  }
}
