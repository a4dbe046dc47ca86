package quickpage.index.render;

import java.util.List;
import java.util.Map;
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

/** One entry of every kind, with names that try to break out of whatever they are written into. */
final class SampleEntries {

  static final IndexEntry HOSTILE_SCRIPT =
      IndexEntry.unavailable(
          "</script><!--\"\\'",
          new TypePages("types/<_script><!--\"\\'.html", null, null, null),
          "The query for this type failed: \"no\".");

  static final IndexEntry PLAIN =
      IndexEntry.described(
          facts("LC10a", TypeProperties.NONE),
          new TypePages("types/LC10a.html", "types/LC10a_L.html", null, null),
          List.of(new RoiShare("LO", 1, 2, 3, 100.0, 100.0 / 3, new OwnShare(50, 100.0 / 3))),
          "OL",
          List.of("OL"));

  static final IndexEntry WITHOUT_NEURONS =
      IndexEntry.withoutNeurons("gone", new TypePages(null, null, "types/gone_R.html", null));

  static final IndexEntry HOSTILE_LINK =
      IndexEntry.described(
          facts("javascript:alert(1)", TypeProperties.NONE),
          new TypePages(null, null, null, "types/javascript:alert(1)_M.html"),
          List.of(new RoiShare("FB", 5, 0, 5, 0.002, 0.0, null)),
          "CX",
          List.of("CX"));

  static final IndexEntry ANNOTATED =
      IndexEntry.described(
          facts(
              "\uD83E\uDDE0 50%/\u2028#?",
              new TypeProperties(
                  new Neurotransmitter("acetylcholine", "gaba", 0.875, 12L),
                  List.of("ol_intrinsic"),
                  List.of("a", "b"),
                  List.of(),
                  "male-specific",
                  " Fischbach, 1989: T4 ;;\u00A0x<y>; ",
                  List.of("T4(a,b), T5", "T5"),
                  List.of("T1"),
                  List.of("05B", "\uD83E"),
                  List.of("VPNp2"),
                  List.of("00732", "10\"2"),
                  new TreeMap<>(
                      Map.of(
                          "serialMotif", List.of("sx"), "hemibrainType", List.of("T4a", "</T4>"))),
                  new TreeMap<>(
                      Map.of("nerve", List.of("AbN3"), "cellBodyFiber", List.of("PDL"))))),
          new TypePages("types/\uD83E\uDDE0_50%_\u2028#?.html", null, null, null),
          List.of(),
          "",
          List.of());

  static final List<IndexEntry> SORTED =
      List.of(HOSTILE_SCRIPT, PLAIN, WITHOUT_NEURONS, HOSTILE_LINK, ANNOTATED);

  static final List<IndexEntry> IN_THE_ROOT =
      List.of(
          IndexEntry.notAsked(
              "LC10a", new TypePages("LC10a.html", "LC10a_L.html", "LC10a_R.html", null)),
          IndexEntry.notAsked("LC4", new TypePages(null, null, "LC4_R.html", "LC4_M.html")),
          IndexEntry.notAsked("a</script>", new TypePages(null, "a<_script>_L.html", null, null)),
          IndexEntry.notAsked(
              "javascript:alert(1)", new TypePages("javascript:alert(1).html", null, null, null)));

  private SampleEntries() {}

  private static TypeFacts facts(String type, TypeProperties properties) {
    return new TypeFacts(
        type, new SideCounts(12, 6, 5, 0), new SynapseCounts(1, 2), List.of(), properties);
  }
}
