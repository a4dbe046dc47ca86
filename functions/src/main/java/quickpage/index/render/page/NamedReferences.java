package quickpage.index.render.page;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import quickpage.index.text.CodePointOrder;

/** Those works of a bibliography that synonyms refer to; it may have many more. */
final class NamedReferences {

  /** {@code "Aso 2014, Wolff 2018: LAL9; a"} refers to two, or to one with a comma in its text. */
  private static final List<Pattern> ENDS =
      List.of(Pattern.compile("[,:;]"), Pattern.compile("[:;]"));

  private final Map<String, String> addresses;
  private final Map<String, String> named = new TreeMap<>(CodePointOrder.BY_CODE_POINT);

  /**
   * None until synonyms are seen.
   *
   * @param addresses of all works, by the text that stands for each
   */
  NamedReferences(Map<String, String> addresses) {
    this.addresses = addresses;
  }

  /** Looks at a type's synonyms; null for none. */
  void add(String synonyms) {
    if (addresses.isEmpty() || synonyms == null || synonyms.indexOf(':') < 0) {
      return;
    }
    for (Pattern ends : ENDS) {
      for (String part : ends.split(synonyms, -1)) {
        String text = part.strip();
        String address = addresses.get(text);
        if (address != null) {
          named.put(text, address);
        }
      }
    }
  }

  /** Writes them as docs/page.md describes; nothing where there are none. */
  void write(ColumnFile file) throws IOException {
    if (named.isEmpty()) {
      return;
    }
    file.beginObject("references");
    for (Map.Entry<String, String> reference : named.entrySet()) {
      file.json().writeStringField(reference.getKey(), reference.getValue());
    }
    file.endObject();
  }
}
