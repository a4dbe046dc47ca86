package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quickpage.index.model.TypePages;
import quickpage.index.site.pages.TypeFileName;

/**
 * Which pages each type has. A page's path follows from the type's name nearly always, so four bits
 * say which exist; types whose paths do not follow are listed with their paths.
 */
final class PageColumn {
  private static final List<String> SUFFIXES = List.of("", "_L", "_R", "_M");
  private final IntColumn masks = new IntColumn();
  private final Map<Integer, List<String>> others = new TreeMap<>();
  private String folder;

  void add(String name, TypePages pages) {
    List<String> paths = new ArrayList<>();
    paths.add(pages.combined());
    paths.add(pages.left());
    paths.add(pages.right());
    paths.add(pages.middle());
    int mask = 0;
    boolean follows = true;
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      if (path == null) {
        continue;
      }
      mask |= 1 << i;
      if (folder == null) {
        folder = path.substring(0, path.lastIndexOf('/') + 1);
      }
      follows &= path.equals(folder + TypeFileName.of(name) + SUFFIXES.get(i) + ".html");
    }
    if (!follows) {
      others.put(masks.size(), paths);
    }
    masks.add(mask);
  }

  /**
   * {@code {"folder", "masks": for each type the sum of 1 combined, 2 left, 4 right, 8 middle,
   * "others": [[type, combined, left, right, middle], …]}}.
   */
  void write(ColumnFile file, String field) throws IOException {
    JsonGenerator json = file.json();
    file.beginObject(field);
    json.writeStringField("folder", folder == null ? "" : folder);
    file.numbers("masks", masks);
    json.writeArrayFieldStart("others");
    for (Map.Entry<Integer, List<String>> other : others.entrySet()) {
      json.writeStartArray();
      json.writeNumber(other.getKey());
      for (String path : other.getValue()) {
        json.writeString(path);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
