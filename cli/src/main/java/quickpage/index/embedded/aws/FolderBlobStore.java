package quickpage.index.embedded.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.SdkResponses;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * S3Proxy's store over folders, made fit for a folder that belongs to somebody else:
 *
 * <ul>
 *   <li>an object is written beside the folder's files, in {@value #STAGING}, and moved to its name
 *       whole, with {@code If-Match} and {@code If-None-Match} judged in the same step;
 *   <li>every file has an ETag, also one that was put there by hand or changed since: it is made of
 *       the file's identity, size and time;
 *   <li>a listing does not read the whole folder for each of its pages.
 * </ul>
 */
final class FolderBlobStore extends ForwardingBlobStore {
  /** Where objects are while they are written; a killed process leaves its last ones here. */
  static final String STAGING = ".quickpage-index/staging";

  private static final int LARGEST_PAGE = 1000;

  private final String bucket;
  private final Path folder;
  private final FolderListing listing;
  private final Object publishing = new Object();

  /**
   * A store of one bucket.
   *
   * @param buckets S3Proxy's store; its bucket of the given name is the folder
   */
  FolderBlobStore(BlobStore buckets, String bucket, Path folder) {
    super(buckets);
    this.bucket = bucket;
    this.folder = folder;
    this.listing = new FolderListing(folder, folder.resolve(STAGING)::equals);
  }

  /** Removes what is left of objects that were never finished. */
  void clearStaging() throws IOException {
    Path staging = folder.resolve(STAGING);
    if (Files.isDirectory(staging)) {
      try (Stream<Path> left = Files.list(staging)) {
        for (Path file : (Iterable<Path>) left::iterator) {
          Files.deleteIfExists(file);
        }
      }
      deleteIfEmpty(staging);
      deleteIfEmpty(staging.getParent());
    }
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // It holds something; then it stays.
    }
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    int most = request.maxKeys() == null ? LARGEST_PAGE : Math.min(request.maxKeys(), LARGEST_PAGE);
    String after =
        request.continuationToken() != null ? request.continuationToken() : request.startAfter();
    try {
      List<FolderListing.Entry> entries =
          listing.list(
              Objects.requireNonNullElse(request.prefix(), ""),
              Objects.requireNonNullElse(after, ""),
              "/".equals(request.delimiter()),
              most + 1);
      boolean more = entries.size() > most && most > 0;
      List<FolderListing.Entry> page = entries.subList(0, Math.min(most, entries.size()));
      return SdkResponses.objectsPage(
          page.stream()
              .filter(entry -> entry.attributes() != null)
              .map(
                  entry ->
                      SdkResponses.objectEntry(
                          entry.key(),
                          eTag(entry.attributes()),
                          entry.attributes().lastModifiedTime().toInstant(),
                          entry.attributes().size(),
                          StorageClass.STANDARD))
              .toList(),
          page.stream()
              .filter(entry -> entry.attributes() == null)
              .map(entry -> SdkResponses.commonPrefix(entry.key()))
              .toList(),
          more ? page.get(page.size() - 1).key() : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    String staged = STAGING + "/" + UUID.randomUUID();
    Path target = file(request.key());
    // The umask says who may read the file; S3Proxy's "private" would take it from everybody else.
    super.putBlob(
        request.toBuilder()
            .key(staged)
            .ifMatch(null)
            .ifNoneMatch(null)
            .acl(ObjectCannedACL.PUBLIC_READ)
            .build(),
        payload);
    Path file = file(staged);
    try {
      String eTag = eTag(Files.readAttributes(file, BasicFileAttributes.class));
      Files.createDirectories(target.getParent());
      publish(file, target, request.ifMatch(), request.ifNoneMatch());
      return SdkResponses.putResponse(eTag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // clearStaging will find it.
      }
    }
  }

  private void publish(Path staged, Path target, String ifMatch, String ifNoneMatch)
      throws IOException {
    synchronized (publishing) {
      if (ifMatch != null) {
        String current = eTagIfPresent(target);
        if (current == null) {
          throw S3Exceptions.noSuchKey(bucket, target.toString(), "no such object");
        }
        if (!ifMatch.equals("*") && !unquoted(ifMatch).equals(current)) {
          throw S3Exceptions.preconditionFailed(null);
        }
      }
      if (ifNoneMatch == null) {
        Files.move(
            staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return;
      }
      try {
        // A link fails where a move would replace: so it holds against other processes, too.
        Files.createLink(target, staged);
      } catch (FileAlreadyExistsException e) {
        throw S3Exceptions.preconditionFailed(e);
      } catch (UnsupportedOperationException e) {
        if (Files.exists(target)) {
          throw S3Exceptions.preconditionFailed(e);
        }
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    String eTag = eTagOf(request.key());
    return super.blobMetadata(request).toBuilder().eTag(eTag).build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    String eTag = eTagOf(request.key());
    if (request.ifMatch() != null
        && !request.ifMatch().equals("*")
        && !unquoted(request.ifMatch()).equals(eTag)) {
      throw S3Exceptions.preconditionFailed(null);
    }
    if (request.ifNoneMatch() != null
        && (request.ifNoneMatch().equals("*") || unquoted(request.ifNoneMatch()).equals(eTag))) {
      throw S3Exceptions.fromStatusCode(304);
    }
    ResponseInputStream<GetObjectResponse> response =
        super.getBlob(request.toBuilder().ifMatch(null).ifNoneMatch(null).build());
    return SdkResponses.getResponse(response.response().toBuilder().eTag(eTag).build(), response);
  }

  private Path file(String key) {
    Path file = folder.resolve(key).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw S3Exceptions.invalidArgument("The key " + key + " is not inside the bucket.");
    }
    return file;
  }

  private String eTagOf(String key) {
    String eTag = eTagIfPresent(file(key));
    if (eTag == null) {
      throw S3Exceptions.noSuchKey(bucket, key, "no such object");
    }
    return eTag;
  }

  private static String eTagIfPresent(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() ? eTag(attributes) : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the form that S3 gives to objects of several parts, so nobody takes it for an MD5. */
  private static String eTag(BasicFileAttributes attributes) {
    String identity =
        attributes.fileKey() + "/" + attributes.size() + "/" + attributes.lastModifiedTime();
    return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "")
        + "-1";
  }

  private static String unquoted(String eTag) {
    return eTag.replace("\"", "");
  }
}
