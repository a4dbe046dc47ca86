package quickpage.index.workflow;

import software.amazon.awssdk.services.s3.S3Client;

/** Reads map items as {@code arn:aws:states:::s3:getObject} does. */
public record S3ItemSource(S3Client s3) implements ItemSource {
  @Override
  public byte[] read(String bucket, String key) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
  }
}
