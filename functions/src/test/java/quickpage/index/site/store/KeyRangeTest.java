package quickpage.index.site.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import quickpage.index.site.store.S3ObjectStore.KeyRange;
import quickpage.index.text.CodePointOrder;

public class KeyRangeTest {

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withChars('!', '0', '9', 'A', 'Z', '_', 'a', 'z', '~', 'é', '\uffee')
        .ofMaxLength(3)
        .flatMap(text -> Arbitraries.of("types/" + text, "types/" + text + "🧠"));
  }

  @Property(tries = 3000)
  void everyKeyBehindTheFirstPageIsInExactlyOneRange(
      @ForAll("keys") String last, @ForAll("keys") String key) {
    List<KeyRange> ranges = KeyRange.after("types/", last);

    long holding = ranges.stream().filter(range -> range.holds(key)).count();

    assertThat(holding).isEqualTo(KeyRange.compare(key, last) > 0 ? 1 : 0);
  }

  @Property
  void theRangesFollowEachOther(@ForAll("keys") String last) {
    List<KeyRange> ranges = KeyRange.after("types/", last);

    assertThat(ranges.get(0).after()).isEqualTo(last);
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).after()).isEqualTo(ranges.get(i - 1).upTo());
      assertThat(KeyRange.compare(ranges.get(i - 1).after(), ranges.get(i).after())).isNegative();
    }
    assertThat(ranges.get(ranges.size() - 1).upTo()).isNull();
  }

  @Property(tries = 3000)
  void theOrderIsThatOfCodePointsAsInS3(@ForAll("keys") String a, @ForAll("keys") String b) {
    assertThat(Integer.signum(KeyRange.compare(a, b)))
        .isEqualTo(Integer.signum(CodePointOrder.BY_CODE_POINT.compare(a, b)));
  }
}
