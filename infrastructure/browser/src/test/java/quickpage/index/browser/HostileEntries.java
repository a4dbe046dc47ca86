package quickpage.index.browser;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.OwnShare;
import quickpage.index.model.roi.RoiShare;
import quickpage.index.text.CodePointOrder;

/** Types whose every text tries to be more than a text. */
final class HostileEntries {
  static final List<String> NAMES =
      List.of(
              "<img src=x onerror=window.hacked=1>",
              "</script><script>window.hacked=1</script>",
              "javascript:window.hacked=1",
              "\"><svg onload=window.hacked=1>",
              "'-window.hacked=1-'",
              "`${window.hacked=1}`",
              "{{constructor.constructor('window.hacked=1')()}}",
              "__proto__",
              "constructor",
              "=HYPERLINK(\"http://evil.example\")",
              "a|b",
              "123",
              "100%25#frag?query&amp;",
              "..",
              "bidi \u202egnp.exe\u202c end",
              "\u2066isolate",
              "naïve",
              "ΣΊΣΥΦΟΣ",
              "\ud83e\udde0 brain",
              "\uffee wide",
              "a+b,c;d=e@f",
              "two  spaces",
              "LC10a/LC10b")
          .stream()
          .sorted(CodePointOrder.BY_CODE_POINT)
          .toList();

  /** Those whose reason, too, holds the name. */
  private static final Set<String> UNAVAILABLE =
      Set.of("__proto__", "</script><script>window.hacked=1</script>");

  private HostileEntries() {}

  /** One entry a name, the name in every text of it. */
  static List<IndexEntry> all() {
    return NAMES.stream()
        .map(name -> UNAVAILABLE.contains(name) ? unavailable(name) : described(name))
        .toList();
  }

  private static IndexEntry unavailable(String name) {
    return IndexEntry.unavailable(name, pages(name), "because of " + name);
  }

  /** An entry whose every text is the given one. */
  static IndexEntry described(String name) {
    TypeProperties properties =
        new TypeProperties(
            new Neurotransmitter(name, name, 0.5, 3L),
            List.of(name),
            List.of(name),
            List.of(name),
            name,
            "syn " + name,
            List.of("fw " + name),
            List.of(name),
            List.of(name),
            List.of(name),
            List.of(name),
            new TreeMap<>(Map.of("mancType", List.of("manc " + name))),
            new TreeMap<>(Map.of("nerve", List.of(name), "wanted", List.of(name))));
    TypeFacts facts =
        new TypeFacts(name, new SideCounts(3, 1, 1, 1), new SynapseCounts(5, 6), null, properties);
    return IndexEntry.described(
        facts,
        pages(name),
        List.of(new RoiShare(name, 5, 6, 11, 100, 100, new OwnShare(100, 100))),
        name,
        List.of(name));
  }

  private static TypePages pages(String name) {
    String file = name.replace('/', '_').replace(' ', '_');
    return new TypePages(file + ".html", file + "_L.html", file + "_R.html", null);
  }
}
