package quickpage.index.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.lease.QueueMessage;

class UploadEventTest {

  private static final String CREATED =
      """
      {"version": "0", "detail-type": "Object Created", "time": "2026-01-02T03:04:05Z",
       "detail": {"bucket": {"name": "b"}, "object": {"key": "a b+%20ü.html", "size": 1}}}\
      """;

  @Test
  void anObjectsKeyIsTakenAsItIs() throws MalformedMessageException {
    assertThat(UploadEvent.read(CREATED))
        .isEqualTo(
            new UploadEvent.ObjectChanged(
                "b", "a b+%20ü.html", Instant.parse("2026-01-02T03:04:05Z"), false));
    assertThat(UploadEvent.read(CREATED.replace("Created", "Deleted")))
        .isEqualTo(UploadEvent.read(CREATED));
  }

  @Test
  void aTickMayTellItsTime() throws MalformedMessageException {
    assertThat(UploadEvent.read("{\"kind\": \"tick\", \"due\": 1767225600000}"))
        .isEqualTo(
            new UploadEvent.OwnMessage(
                QueueMessage.recheck(Instant.parse("2026-01-01T00:00:00Z"))));
    assertThat(UploadEvent.read("{\"kind\": \"tick\"}"))
        .isEqualTo(new UploadEvent.OwnMessage(QueueMessage.of(QueueMessage.RECHECK)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                         | it is not a JSON object",
        "null                       | it is not a JSON object",
        "[]                         | it is not a JSON object",
        "{}                         | it has no text detail-type",
        "{\"kind\": 1}              | it has no text kind",
        "{\"kind\": \"x\"}          | its kind \"x\" is not one of ours",
        "{\"kind\": \"ended\"}      | it has no text execution",
        "{\"detail-type\": \"Tea\"} | its detail-type \"Tea\" is not one of ours",
        "{\"detail-type\": \"Object Created\"} | it has no text detail.bucket.name"
      })
  void aMalformedMessageSaysWhatItLacks(String body, String reason) {
    assertThatThrownBy(() -> UploadEvent.read(body))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage(reason);
  }

  @Test
  void aTimeMustBeOne() {
    assertThatThrownBy(() -> UploadEvent.read(CREATED.replace("2026-01-02T03:04:05Z", "yesterday")))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("its time \"yesterday\" is no time of ISO 8601");
  }

  @Property
  void noTextDoesMoreHarmThanToBeMalformed(@ForAll String text) {
    try {
      assertThat(UploadEvent.read(text)).isNotNull();
    } catch (MalformedMessageException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
