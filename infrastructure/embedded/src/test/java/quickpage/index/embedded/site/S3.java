package quickpage.index.embedded.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import quickpage.index.embedded.aws.EmbeddedS3;
import quickpage.index.site.S3ObjectStore;

/** S3 over a folder, for the time of a test. */
public final class S3 implements AutoCloseable {

  private final EmbeddedS3 s3;

  public S3(Path folder) throws IOException {
    s3 = EmbeddedS3.start(Map.of("site", folder));
  }

  public S3ObjectStore store() {
    return new S3ObjectStore(s3.client(), "site");
  }

  public EmbeddedS3 server() {
    return s3;
  }

  @Override
  public void close() throws IOException {
    s3.close();
  }
}
