package quickpage.index.site.store;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import quickpage.index.io.InParallel;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@link ObjectStore} on S3. */
public final class S3ObjectStore implements ObjectStore {

  /** DeleteObjects takes no more keys at once. */
  private static final int KEYS_PER_DELETE = 1000;

  /** If-Match on an object that somebody has removed is a 404. */
  private static final Set<Integer> GONE_OR_CHANGED = Set.of(404, 412);

  private final S3Client s3;
  private final String bucket;

  private final String root;
  private final S3Failure failure;

  public S3ObjectStore(S3Client s3, String bucket) {
    this(s3, bucket, "s3://" + bucket + "/");
  }

  /**
   * A bucket that people know under another address.
   *
   * @param root what they know the bucket as, ending in a slash
   */
  public S3ObjectStore(S3Client s3, String bucket, String root) {
    this.s3 = s3;
    this.bucket = bucket;
    this.root = root;
    this.failure = new S3Failure(root, s3.serviceClientConfiguration().region());
  }

  @Override
  public String bucket() {
    return bucket;
  }

  @Override
  public String address(String key) {
    return root + key;
  }

  @Override
  public List<String> htmlFilesIn(String folder) {
    ListObjectsV2Response first = page(folder, null, null);
    List<String> names = new ArrayList<>(htmlNames(folder, first, null));
    if (Boolean.TRUE.equals(first.isTruncated())) {
      String last = lastKey(first);
      List<KeyRange> ranges = KeyRange.after(folder, last);
      // Listing is waiting: a key range is a thousand keys a round trip.
      names.addAll(
          InParallel.map(ranges, range -> names(folder, range)).stream()
              .flatMap(List::stream)
              .toList());
    }
    return names;
  }

  /** Key of the last object or folder that a listing named; both are in one order. */
  private static String lastKey(ListObjectsV2Response response) {
    TreeSet<String> keys = new TreeSet<>(KeyRange::compare);
    response.contents().stream().map(S3Object::key).forEach(keys::add);
    response.commonPrefixes().forEach(prefix -> keys.add(prefix.prefix()));
    return keys.last();
  }

  private List<String> names(String folder, KeyRange range) {
    List<String> names = new ArrayList<>();
    String token = null;
    do {
      ListObjectsV2Response response = page(folder, range.after(), token);
      names.addAll(htmlNames(folder, response, range.upTo()));
      boolean beyond =
          range.upTo() != null
              && !response.contents().isEmpty()
              && !range.holds(response.contents().get(response.contents().size() - 1).key());
      token = beyond ? null : response.nextContinuationToken();
    } while (token != null);
    return names;
  }

  private static List<String> htmlNames(String folder, ListObjectsV2Response page, String upTo) {
    return page.contents().stream()
        .map(S3Object::key)
        .filter(key -> upTo == null || KeyRange.compare(key, upTo) <= 0)
        .map(key -> key.substring(folder.length()))
        .filter(name -> name.endsWith(".html"))
        .toList();
  }

  private ListObjectsV2Response page(String folder, String after, String token) {
    return call(
        folder.isEmpty() ? "list the files" : "list " + folder,
        () ->
            s3.listObjectsV2(
                ListObjectsV2Request.builder()
                    .bucket(bucket)
                    .prefix(folder)
                    .delimiter("/")
                    .startAfter(token == null ? after : null)
                    .continuationToken(token)
                    .build()));
  }

  @Override
  public List<String> keysUnder(String prefix) {
    return call(
        prefix.isEmpty() ? "list the files" : "list " + prefix,
        () ->
            s3.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList());
  }

  @Override
  public Optional<Head> head(String key) {
    return call(
        "look at " + key,
        () ->
            unless(Set.of(404), () -> s3.headObject(b -> b.bucket(bucket).key(key)))
                .map(found -> new Head(found.eTag(), S3Headers.of(found))));
  }

  @Override
  public Optional<Stored> read(String key) {
    return call(
        "read " + key,
        () ->
            unless(Set.of(404), () -> s3.getObject(b -> b.bucket(bucket).key(key)))
                .map(
                    body ->
                        new Stored(body, body.response().eTag(), S3Headers.of(body.response()))));
  }

  @Override
  public String write(String key, Content content) {
    return call("write " + key, () -> put(key, content, null, null));
  }

  @Override
  public Optional<String> writeIfUnchanged(String key, Content content, Optional<String> seen) {
    try {
      return call(
          "write " + key,
          () ->
              unless(
                  GONE_OR_CHANGED,
                  () -> put(key, content, seen.orElse(null), seen.isPresent() ? null : "*")));
    } catch (TransientFailure e) {
      // A server that refuses before it has read the body may hang up before its answer is heard.
      if (!etag(key).equals(seen)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String put(String key, Content content, String ifMatch, String ifNoneMatch) {
    PutObjectRequest request =
        S3Headers.put(content.headers())
            .bucket(bucket)
            .key(key)
            .ifMatch(ifMatch)
            .ifNoneMatch(ifNoneMatch)
            .build();
    RequestBody body =
        content.file() == null
            ? RequestBody.fromBytes(content.bytes())
            : RequestBody.fromFile(content.file());
    return s3.putObject(request, body).eTag();
  }

  @Override
  public void delete(Collection<String> keys) {
    List<String> all = List.copyOf(keys);
    List<S3Error> errors =
        IntStream.iterate(0, start -> start < all.size(), start -> start + KEYS_PER_DELETE)
            .mapToObj(start -> all.subList(start, Math.min(all.size(), start + KEYS_PER_DELETE)))
            .flatMap(some -> deleteAtOnce(some).stream())
            .toList();
    if (!errors.isEmpty()) {
      throw failure.ofDelete(errors);
    }
  }

  /** S3 answers 200 also where it has removed nothing: what it did not remove is in the answer. */
  private List<S3Error> deleteAtOnce(List<String> keys) {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    return call(
        "remove " + keys.get(0),
        () ->
            s3.deleteObjects(
                    b ->
                        b.bucket(bucket)
                            .delete(Delete.builder().objects(objects).quiet(true).build()))
                .errors());
  }

  private <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (S3Exception e) {
      throw failure.of(what, e);
    } catch (SdkClientException | UncheckedIOException e) {
      throw new TransientFailure("S3 could not be reached to %s in %s.".formatted(what, root), e);
    }
  }

  /** Empty for a status that is an answer: no such object, or a precondition not met. */
  private static <T> Optional<T> unless(Set<Integer> statuses, Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (NoSuchBucketException e) {
      throw e;
    } catch (S3Exception e) {
      if (statuses.contains(e.statusCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A part of a folder's keys, in the order of S3 (UTF-8 bytes).
   *
   * @param after exclusive
   * @param upTo inclusive; null for the end of the folder
   */
  record KeyRange(String after, String upTo) {

    /**
     * Letters at which names of neuron types come apart into shares of some size. A range costs a
     * request even if nothing is in it, so there are about as many as requests are made at once.
     */
    private static final String FIRST_LETTERS = "ABDFILMOSTVakr";

    /** The rest of a folder behind a key, cut at the first letters of names. */
    static List<KeyRange> after(String folder, String last) {
      List<String> cuts =
          new ArrayList<>(
              FIRST_LETTERS
                  .chars()
                  .mapToObj(letter -> folder + (char) letter)
                  .filter(cut -> compare(cut, last) > 0)
                  .toList());
      List<KeyRange> ranges = new ArrayList<>();
      String from = last;
      for (String cut : cuts) {
        ranges.add(new KeyRange(from, cut));
        from = cut;
      }
      ranges.add(new KeyRange(from, null));
      return Collections.unmodifiableList(ranges);
    }

    boolean holds(String key) {
      return compare(key, after) > 0 && (upTo == null || compare(key, upTo) <= 0);
    }

    /** UTF-8 byte order is code point order. */
    static int compare(String a, String b) {
      return Arrays.compareUnsigned(
          a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
  }
}
