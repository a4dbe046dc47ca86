package quickpage.index.embedded.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import quickpage.index.embedded.aws.EmbeddedS3;
import quickpage.index.site.store.S3ObjectStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** S3 with one bucket, for the time of a test. */
public final class S3 implements AutoCloseable {

  private final EmbeddedS3 s3;
  private final Path folder;

  public S3(Path buckets) throws IOException {
    s3 = EmbeddedS3.start(buckets);
    folder = s3.createBucket("site");
  }

  public S3ObjectStore store() {
    return new S3ObjectStore(s3.client(), "site");
  }

  public EmbeddedS3 server() {
    return s3;
  }

  /** Somebody else writes an object. */
  public void put(String key, String text) {
    s3.client().putObject(request -> request.bucket("site").key(key), RequestBody.fromString(text));
  }

  /** Somebody else writes an object with headers of their own. */
  public void put(String key, String text, Consumer<PutObjectRequest.Builder> headers) {
    s3.client()
        .putObject(
            request -> headers.accept(request.bucket("site").key(key)),
            RequestBody.fromString(text));
  }

  /** What readers are told of an object. */
  public HeadObjectResponse head(String key) {
    return s3.client().headObject(request -> request.bucket("site").key(key));
  }

  /** Where the objects are. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    s3.close();
  }
}
