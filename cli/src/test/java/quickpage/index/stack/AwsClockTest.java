package quickpage.index.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpResponse;

class AwsClockTest {

  private static final Clock SLOW =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private static SdkHttpResponse answer(String date) {
    return SdkHttpResponse.builder().statusCode(200).putHeader("Date", date).build();
  }

  @Test
  void aClockThatIsSlowTellsTheTimeOfWhoeverAnswered() {
    assertThat(AwsClock.of(answer("Thu, 01 Jan 2026 00:07:30 GMT"), SLOW).instant())
        .isEqualTo("2026-01-01T00:07:30Z");
  }

  @Test
  void withoutADateThisMachinesClockIsTaken() {
    SdkHttpResponse none = SdkHttpResponse.builder().statusCode(200).build();

    assertThat(AwsClock.of(none, SLOW)).isSameAs(SLOW);
    assertThat(AwsClock.of(answer("today"), SLOW)).isSameAs(SLOW);
  }
}
