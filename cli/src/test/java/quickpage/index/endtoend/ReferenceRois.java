package quickpage.index.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The ROIs of a type and their parents. */
final class ReferenceRois {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPTIC =
      "ME(R) ME(L) LO(R) LO(L) LOP(R) LOP(L) AME(R) AME(L) LA(R) LA(L)";
  private static final String CNS = "ME(R) ME(L) LO(R) LO(L) AL(R) AL(L) MB(R) MB(L) CX PB FB EB";
  private static final String HEMIBRAIN =
      "ME(R) ME(L) LO(R) LO(L) LOP(R) LOP(L) AL(R) AL(L) MB(R) MB(L) CX PB FB EB NO";
  private static final String ANY =
      "ME(R) ME(L) LO(R) LO(L) LOP(R) LOP(L) AL(R) AL(L) MB(R) MB(L) BU(R) BU(L) LAL(R) LAL(L)"
          + " ICL(R) ICL(L) ATL(R) ATL(L) CX PB FB EB NO IB";

  /** One line of the summary. */
  record Share(String name, long pre, long post, double prePercent, double postPercent, Own own) {
    long total() {
      return pre + post;
    }
  }

  /** Percent of what lies in the dataset's own primary ROIs. */
  record Own(double pre, double post) {}

  private final Set<String> primary;
  private final Set<String> own;
  private final JsonNode root;

  ReferenceRois(RawDataset dataset) {
    root = hierarchy(dataset);
    Set<String> inHierarchy = new TreeSet<>();
    collect(root, inHierarchy);
    primary = new LinkedHashSet<>();
    dataset.meta().path("primaryRois").forEach(roi -> primary.add(roi.asText()));
    primary.retainAll(inHierarchy);
    Set<String> named = new LinkedHashSet<>(primary);
    String name = dataset.name().toLowerCase(Locale.ROOT);
    if (name.contains("optic") || name.contains("ol")) {
      primary.addAll(List.of(OPTIC.split(" ")));
    } else if (name.contains("cns")) {
      primary.addAll(List.of(CNS.split(" ")));
    } else if (name.contains("hemibrain")) {
      primary.addAll(List.of(HEMIBRAIN.split(" ")));
    }
    if (primary.isEmpty()) {
      primary.addAll(List.of(ANY.split(" ")));
    }
    own = named.isEmpty() ? primary : named;
  }

  private static JsonNode hierarchy(RawDataset dataset) {
    JsonNode given = dataset.meta().path("roiHierarchy");
    return given.isTextual() ? parse(given.textValue()) : given;
  }

  private static void collect(JsonNode node, Set<String> names) {
    names.add(node.path("name").asText());
    node.path("children").forEach(child -> collect(child, names));
  }

  /** The summary of a type, whole: no limit yet. */
  List<Share> summary(List<Map<String, String>> neurons, double threshold) {
    List<JsonNode> infos = new ArrayList<>();
    for (Map<String, String> neuron : neurons) {
      if (neuron.containsKey("roiInfo")) {
        infos.add(parse(neuron.get("roiInfo")));
      }
    }
    List<Share> sums = new ArrayList<>();
    long allPre = 0;
    long allPost = 0;
    for (String roi : primary) {
      long pre = 0;
      long post = 0;
      for (JsonNode info : infos) {
        pre += info.path(roi).path("pre").asLong(0);
        post += info.path(roi).path("post").asLong(0);
      }
      allPre += pre;
      allPost += post;
      sums.add(new Share(roi, pre, post, 0, 0, null));
    }
    sums.sort(
        Comparator.comparingLong(Share::total)
            .reversed()
            .thenComparing(Share::name, ReferenceIndex.BY_CODE_POINT));
    List<Share> summary = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Share sum : sums) {
      double prePercent = allPre == 0 ? 0 : 100.0 * sum.pre() / allPre;
      double postPercent = allPost == 0 ? 0 : 100.0 * sum.post() / allPost;
      String clean = clean(sum.name());
      if (sum.total() > 0
          && (prePercent >= threshold || postPercent >= threshold)
          && !clean.isEmpty()
          && seen.add(clean)) {
        summary.add(
            new Share(
                clean, sum.pre(), sum.post(), prePercent, postPercent, ownShare(clean, infos)));
      }
    }
    return summary;
  }

  /** Null if the region is none of them. */
  private Own ownShare(String clean, List<JsonNode> infos) {
    double[] here = new double[2];
    double[] all = new double[2];
    boolean isOwn = false;
    for (String roi : own) {
      boolean same = clean(roi).equals(clean);
      isOwn |= same;
      for (JsonNode info : infos) {
        double[] counts = {
          info.path(roi).path("pre").asLong(0), info.path(roi).path("post").asLong(0)
        };
        for (int k = 0; k < 2; k++) {
          all[k] += counts[k];
          here[k] += same ? counts[k] : 0;
        }
      }
    }
    for (int k = 0; k < 2; k++) {
      here[k] = all[k] == 0 ? 0 : 100 * here[k] / all[k];
    }
    return isOwn ? new Own(here[0], here[1]) : null;
  }

  /** The parent of a clean name; empty if it has none. */
  String parent(String clean) {
    if (clean.equals(clean(root.path("name").asText()))) {
      return "";
    }
    String found = search(root, clean);
    return found == null ? "" : found;
  }

  /** Depth first, children by name. */
  private static String search(JsonNode above, String clean) {
    List<JsonNode> children = new ArrayList<>();
    above.path("children").forEach(children::add);
    children.sort(
        Comparator.comparing(child -> child.path("name").asText(), ReferenceIndex.BY_CODE_POINT));
    String parent = clean(above.path("name").asText());
    for (JsonNode child : children) {
      if (clean(child.path("name").asText()).equals(clean) && !parent.isEmpty()) {
        return parent;
      }
      String below = search(child, clean);
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  private static String clean(String roi) {
    String plain = roi.matches(".*\\([RLM]\\)") ? roi.substring(0, roi.length() - 3).strip() : roi;
    return plain.matches(".*_[RLM]") ? plain.substring(0, plain.length() - 2) : plain;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + json, e);
    }
  }
}
