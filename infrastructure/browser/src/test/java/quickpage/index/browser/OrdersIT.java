package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypePages;
import quickpage.index.text.CodePointOrder;

/** Every order of the list against the same order worked out from the entries. */
class OrdersIT extends BrowserIT {
  private static final Comparator<IndexEntry> BY_NAME =
      Comparator.comparing(IndexEntry::name, CodePointOrder.BY_CODE_POINT);

  private static List<IndexEntry> entries;
  private static String url;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    entries = new ArrayList<>(GeneratedEntries.of(60, 5));
    TypePages pages = new TypePages("types/none.html", null, null, null);
    entries.add(IndexEntry.unavailable("Kaput", pages, "took too long"));
    entries.add(IndexEntry.withoutNeurons("Nobody", pages));
    entries.sort(BY_NAME);
    url = DemoSite.write(folder, entries).fileUrl();
  }

  /** A column that can be sorted by, and the order that its first direction is to give. */
  record Column(String key, Comparator<IndexEntry> ascending, Comparator<IndexEntry> descending) {
    @Override
    public String toString() {
      return key;
    }
  }

  /** What nobody knows comes before 0. */
  private static Column number(String key, ToDoubleFunction<IndexEntry> value) {
    Comparator<IndexEntry> order = Comparator.comparingDouble(value);
    return new Column(key, order.thenComparing(BY_NAME), order.reversed().thenComparing(BY_NAME));
  }

  /** Types without a text come last in either direction. */
  private static Column text(String key, Function<IndexEntry, String> value) {
    Function<IndexEntry, String> known =
        entry -> value.apply(entry) == null ? "" : value.apply(entry);
    Comparator<IndexEntry> none = Comparator.comparing(entry -> known.apply(entry).isEmpty());
    Comparator<IndexEntry> order = Comparator.comparing(known, CodePointOrder.BY_CODE_POINT);
    return new Column(
        key,
        none.thenComparing(order).thenComparing(BY_NAME),
        none.thenComparing(order.reversed()).thenComparing(BY_NAME));
  }

  private static double known(Long count) {
    return count == null ? -1 : count;
  }

  static Stream<Column> columns() {
    return Stream.of(
        new Column("name", BY_NAME, BY_NAME.reversed()),
        number("total", entry -> known(entry.counts().total())),
        number("left", entry -> known(entry.counts().left())),
        number("right", entry -> known(entry.counts().right())),
        number("middle", entry -> known(entry.counts().middle())),
        number("unknown", entry -> known(entry.counts().unknown())),
        number("balance", OrdersIT::balance),
        number("pre", entry -> known(entry.synapses().pre())),
        number("post", entry -> known(entry.synapses().post())),
        text("parent", IndexEntry::parentRoi),
        text("roi", entry -> entry.rois().isEmpty() ? "" : entry.rois().get(0).name()),
        text("nt", OrdersIT::transmitter),
        text("superclass", entry -> String.join(", ", entry.superclasses())),
        text("class", entry -> String.join(", ", entry.classes())),
        text("subclass", entry -> String.join(", ", entry.subclasses())),
        text("dimorphism", IndexEntry::dimorphism),
        text("neuromere", entry -> String.join(", ", entry.somaNeuromeres())),
        text("hemilineage", entry -> String.join(", ", entry.hemilineages())));
  }

  /** −1 all neurons of known side left, 1 all right; −2 where there is neither. */
  private static double balance(IndexEntry entry) {
    double left = Math.max(0, known(entry.counts().left()));
    double right = Math.max(0, known(entry.counts().right()));
    return left + right == 0 ? -2 : (right - left) / (left + right);
  }

  private static String transmitter(IndexEntry entry) {
    return entry.neurotransmitter().consensus() == null
        ? entry.neurotransmitter().predicted()
        : entry.neurotransmitter().consensus();
  }

  private static List<String> names(Comparator<IndexEntry> order) {
    return entries.stream().sorted(order).map(IndexEntry::name).toList();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void everyColumnSortsInBothDirectionsAndItsHeadingSaysSo(Column column) {
    page.open(url + "#view=table&sort=" + column.key());
    assertThat(page.names()).containsExactlyElementsOf(names(column.ascending()));
    assertThat(sorted()).containsExactly(column.key() + " ascending");

    page.open(url + "#view=table&sort=-" + column.key());
    assertThat(page.names()).containsExactlyElementsOf(names(column.descending()));
    assertThat(sorted()).containsExactly(column.key() + " descending");
  }

  @Test
  void everyHeadingOfTheTableThatSortsIsAmongThem() {
    page.open(url + "#view=table");

    assertThat(
            texts(
                "[...document.querySelectorAll('#table thead [data-sort]')].map(b =>"
                    + " b.dataset.sort)"))
        .containsExactlyInAnyOrderElementsOf(columns().map(Column::key).toList());
  }

  @Test
  void aHeadingSortsAndASecondClickTurnsTheOrderRound() {
    page.open(url + "#view=table");
    Column total =
        columns().filter(column -> column.key().equals("total")).findFirst().orElseThrow();

    page.js("document.querySelector('#table thead [data-sort=total]').click()");
    assertThat(page.names()).containsExactlyElementsOf(names(total.descending()));

    page.js("document.querySelector('#table thead [data-sort=total]').click()");
    assertThat(page.names()).containsExactlyElementsOf(names(total.ascending()));
  }

  private static List<String> sorted() {
    return texts(
        "[...document.querySelectorAll('#table [aria-sort]')].map(cell =>"
            + " cell.querySelector('button').dataset.sort + ' ' + cell.getAttribute('aria-sort'))");
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(String expression) {
    return (List<String>) page.js("return " + expression);
  }
}
