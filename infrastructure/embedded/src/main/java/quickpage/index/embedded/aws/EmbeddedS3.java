package quickpage.index.embedded.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy over folders. */
public final class EmbeddedS3 implements AutoCloseable {

  private final S3Proxy proxy;
  private final S3Client client;
  private final Path base;

  private EmbeddedS3(S3Proxy proxy, S3Client client, Path base) {
    this.proxy = proxy;
    this.client = client;
    this.base = base;
  }

  public static EmbeddedS3 start(Map<String, Path> buckets) throws IOException {
    Path base = Files.createTempDirectory("quickpage-index-s3");
    for (Map.Entry<String, Path> bucket : buckets.entrySet()) {
      Files.createDirectories(bucket.getValue());
      Files.createSymbolicLink(base.resolve(bucket.getKey()), bucket.getValue());
    }
    LocalCredentials credentials = LocalCredentials.random();
    try {
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(base.toString()))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(
                  AuthenticationType.AWS_V2_OR_V4, credentials.identity(), credentials.secret())
              .build();
      proxy.start();
      S3Client client =
          S3Client.builder()
              .endpointOverride(URI.create("http://127.0.0.1:" + proxy.getPort()))
              .region(Region.US_EAST_1)
              .credentialsProvider(credentials.provider())
              .forcePathStyle(true)
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .build();
      return new EmbeddedS3(proxy, client, base);
    } catch (Exception e) {
      throw new IOException("S3 could not be started: " + e.getMessage() + ".", e);
    }
  }

  public S3Client client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
    try (var links = Files.list(base)) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
    Files.delete(base);
  }
}
