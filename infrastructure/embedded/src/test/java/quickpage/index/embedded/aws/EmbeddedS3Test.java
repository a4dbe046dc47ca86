package quickpage.index.embedded.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class EmbeddedS3Test {
  @TempDir Path parent;
  private Path site;
  private EmbeddedS3 server;
  private S3Client s3;

  @BeforeEach
  void start() throws IOException {
    site = Files.createDirectory(parent.resolve("My Site (50% of it) äöü"));
    Path sibling = Files.createDirectory(parent.resolve("sibling"));
    Files.writeString(sibling.resolve("secret.txt"), "secret");
    server = EmbeddedS3.start(Map.of("site", site));
    s3 = server.client();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void keeps_bytes_and_metadata_of_an_object() throws IOException {
    byte[] bytes = new byte[5 << 20];
    new Random(1).nextBytes(bytes);
    s3.putObject(
        request ->
            request
                .bucket("site")
                .key("data/index.json")
                .contentType("application/json;charset=utf-8")
                .cacheControl("public, max-age=0, must-revalidate")
                .metadata(Map.of("run", "r-1")),
        RequestBody.fromBytes(bytes));

    var answer = s3.getObjectAsBytes(request -> request.bucket("site").key("data/index.json"));

    assertThat(answer.asByteArray()).isEqualTo(bytes);
    GetObjectResponse response = answer.response();
    assertThat(response.contentType()).isEqualTo("application/json;charset=utf-8");
    assertThat(response.cacheControl()).isEqualTo("public, max-age=0, must-revalidate");
    assertThat(response.metadata()).containsEntry("run", "r-1");
    assertThat(Files.readAllBytes(site.resolve("data/index.json"))).isEqualTo(bytes);
  }

  @Test
  void leaves_nothing_in_the_folder_but_the_objects() throws IOException {
    put("index.html", "x");
    s3.deleteObject(request -> request.bucket("site").key("gone.html"));
    server.clearUnfinished("site");

    try (Stream<Path> files = Files.walk(site)) {
      assertThat(files.filter(file -> !file.equals(site)))
          .containsExactly(site.resolve("index.html"));
    }
    assertThat(Files.getPosixFilePermissions(site.resolve("index.html")).toString())
        .contains("OTHERS_READ");
  }

  @Test
  void creates_an_object_only_where_there_is_none() {
    s3.putObject(
        request -> request.bucket("site").key("lease").ifNoneMatch("*"),
        RequestBody.fromString("first"));

    assertThatThrownBy(
            () ->
                s3.putObject(
                    request -> request.bucket("site").key("lease").ifNoneMatch("*"),
                    RequestBody.fromString("second")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    assertThat(text("lease")).isEqualTo("first");
  }

  @Test
  void replaces_an_object_only_if_it_is_the_one_that_was_read() throws IOException {
    Files.writeString(site.resolve("index.html"), "by hand");
    String read = eTag("index.html");
    String next = putIfMatch("index.html", "ours", read);

    assertThatThrownBy(() -> putIfMatch("index.html", "too late", read))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    assertThat(text("index.html")).isEqualTo("ours");
    assertThat(eTag("index.html")).isEqualTo(next);
    assertThat(listed("", "", null).get(0).eTag()).isEqualTo(next);
    assertThatThrownBy(() -> putIfMatch("missing.html", "x", read))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  @Test
  void notices_that_a_file_was_changed_by_hand() throws IOException {
    put("index.html", "ours");
    String published = eTag("index.html");
    Files.writeString(site.resolve("index.html"), "edited in place");

    assertThatThrownBy(() -> putIfMatch("index.html", "x", published))
        .isInstanceOf(S3Exception.class);
    assertThat(text("index.html")).isEqualTo("edited in place");
  }

  @Test
  void only_one_of_many_writers_wins() throws InterruptedException {
    put("index.html", "old");
    String read = eTag("index.html");
    AtomicInteger won = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      String body = "writer " + n;
      writers.add(
          new Thread(
              () -> {
                try {
                  putIfMatch("index.html", body, read);
                  won.incrementAndGet();
                } catch (S3Exception e) {
                  assertThat(e.statusCode()).isEqualTo(412);
                }
              }));
    }
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(won).hasValue(1);
  }

  @Test
  void an_object_that_is_not_there_is_no_such_key() {
    assertThatThrownBy(() -> text("nothing.html")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void reaches_nothing_beside_the_folder() {
    for (String bucket : List.of("sibling", "My Site (50% of it) äöü", "..")) {
      assertThatThrownBy(
              () -> s3.getObjectAsBytes(request -> request.bucket(bucket).key("secret.txt")))
          .isInstanceOf(SdkException.class);
    }
    assertThatThrownBy(() -> text("../sibling/secret.txt")).isInstanceOf(SdkException.class);
    assertThatThrownBy(() -> put("../sibling/planted.txt", "x")).isInstanceOf(SdkException.class);
    assertThat(parent.resolve("sibling/planted.txt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types/100%.html",
        "types/a#b?c=d&e.html",
        "types/MBON05(y4>y1y2).html",
        "types/1+1 = 2.html",
        "types/it's \"quoted\".html",
        "types/javascript:alert(1).html",
        "types/Ångström-神经元-🧠.html",
        "types/%2e%2e%2f.html",
        "types/back\\slash.html",
        "types/-x_L.html",
        "types/<b>&amp;.html"
      })
  void keeps_awkward_names(String key) {
    put(key, key);

    assertThat(text(key)).isEqualTo(key);
    assertThat(site.resolve(key)).isRegularFile();
    assertThat(listed("types/", "", "/")).extracting(S3Object::key).containsExactly(key);
    s3.deleteObject(request -> request.bucket("site").key(key));
    assertThat(site.resolve(key)).doesNotExist();
  }

  @Test
  void lists_in_the_order_of_UTF8_bytes_from_any_key_on() throws IOException {
    List<String> sorted =
        Stream.of("a-b", "a/x", "a/y/z", "a0", "aa", "b", "\uFFFD", "\uD83E\uDDE0", "ä", "Z")
            .sorted((x, y) -> Arrays.compareUnsigned(utf8(x), utf8(y)))
            .toList();
    for (String key : sorted) {
      put(key, key);
    }

    assertThat(listed("", "", null)).extracting(S3Object::key).isEqualTo(sorted);
    for (int i = 0; i < sorted.size(); i++) {
      assertThat(listed("", sorted.get(i), null))
          .extracting(S3Object::key)
          .isEqualTo(sorted.subList(i + 1, sorted.size()));
    }
    assertThat(listed("", "a-c", null)).extracting(S3Object::key).startsWith("a/x");
    assertThat(listed("a/", "", null)).extracting(S3Object::key).containsExactly("a/x", "a/y/z");
    assertThat(listed("a", "", "/")).extracting(S3Object::key).containsExactly("a-b", "a0", "aa");
    assertThat(page("a", "", "/", null).commonPrefixes())
        .extracting(CommonPrefix::prefix)
        .containsExactly("a/");
    assertThat(listed("nothing/here", "", null)).isEmpty();
  }

  @Test
  void lists_page_by_page_and_sees_new_files() throws IOException {
    Files.createDirectory(site.resolve("types"));
    for (int n = 0; n < 2500; n++) {
      Files.writeString(site.resolve("types/t%04d.html".formatted(n)), "");
    }
    assertThat(page("types/", "", "/", null).contents()).hasSize(1000);
    assertThat(page("types/", "", "/", 7).contents()).hasSize(7);
    assertThat(listed("types/", "", "/")).hasSize(2500).doesNotHaveDuplicates();
    assertThat(listed("types/", "types/t1249.html", "/")).hasSize(1250);

    Files.writeString(site.resolve("types/t0000a.html"), "");

    assertThat(listed("types/", "", "/")).hasSize(2501);
  }

  @Test
  void a_killed_process_leaves_whole_objects_only() throws Exception {
    Path other = Files.createDirectory(parent.resolve("other"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                other.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      lines.readLine();
      while (Files.size(other.resolve("index.html")) == 0) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    byte[] left = Files.readAllBytes(other.resolve("index.html"));
    assertThat(left).hasSize(Writer.SIZE).containsOnly(left[0]);
    try (EmbeddedS3 again = EmbeddedS3.start(Map.of("other", other))) {
      again.clearUnfinished("other");
    }
    try (Stream<Path> files = Files.list(other)) {
      assertThat(files).containsExactly(other.resolve("index.html"));
    }
  }

  /** Publishes one object again and again, each time all of one byte, until it is killed. */
  static final class Writer {
    static final int SIZE = 3 << 20;

    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      try (EmbeddedS3 server = EmbeddedS3.start(Map.of("other", Path.of(arguments[0])))) {
        for (int n = 0; n < 10_000; n++) {
          byte[] body = new byte[SIZE];
          Arrays.fill(body, (byte) n);
          server
              .client()
              .putObject(
                  request -> request.bucket("other").key("index.html"),
                  RequestBody.fromBytes(body));
          System.out.println(n);
        }
      }
    }
  }

  private void put(String key, String body) {
    s3.putObject(request -> request.bucket("site").key(key), RequestBody.fromString(body));
  }

  private String putIfMatch(String key, String body, String eTag) {
    return s3.putObject(
            request -> request.bucket("site").key(key).ifMatch(eTag), RequestBody.fromString(body))
        .eTag();
  }

  private String text(String key) {
    return s3.getObjectAsBytes(request -> request.bucket("site").key(key)).asUtf8String();
  }

  private String eTag(String key) {
    return s3.headObject(request -> request.bucket("site").key(key)).eTag();
  }

  private ListObjectsV2Response page(String prefix, String after, String delimiter, Integer most) {
    return s3.listObjectsV2(request(prefix, after, delimiter, most));
  }

  private List<S3Object> listed(String prefix, String after, String delimiter) {
    return s3.listObjectsV2Paginator(request(prefix, after, delimiter, null)).contents().stream()
        .toList();
  }

  private static ListObjectsV2Request request(
      String prefix, String after, String delimiter, Integer most) {
    return ListObjectsV2Request.builder()
        .bucket("site")
        .prefix(prefix)
        .startAfter(after.isEmpty() ? null : after)
        .delimiter(delimiter)
        .maxKeys(most)
        .build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
