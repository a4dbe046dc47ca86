package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import quickpage.index.model.RoiShare;

/**
 * The ROI summaries of all types, one after the other. Shares are kept as whole percents: a bar of
 * a card is some 200 pixels wide, and the exact numbers are in {@code data/index.json}.
 */
final class RoiColumns {
  private final Dictionary dictionary = new Dictionary();
  private final IntColumn lengths = new IntColumn();
  private final IntColumn numbers = new IntColumn();
  private final IntColumn output = new IntColumn();
  private final IntColumn input = new IntColumn();

  void add(List<RoiShare> rois) {
    lengths.add(rois.size());
    for (RoiShare roi : rois) {
      numbers.add(dictionary.number(roi.name()));
      output.add((int) Math.round(roi.prePercent()));
      input.add((int) Math.round(roi.postPercent()));
    }
  }

  /**
   * {@code {"values", "lengths": ROIs of each type, "ids", "output", "input"}}; the last three hold
   * one number for each ROI of each type: its place in values, and its shares in percent.
   */
  void write(JsonGenerator json, String field) throws IOException {
    int[] places = dictionary.places();
    json.writeObjectFieldStart(field);
    json.writeArrayFieldStart("values");
    for (String value : dictionary.sorted()) {
      json.writeString(value);
    }
    json.writeEndArray();
    lengths.write(json, "lengths");
    json.writeArrayFieldStart("ids");
    for (int i = 0; i < numbers.size(); i++) {
      json.writeNumber(places[numbers.get(i)]);
    }
    json.writeEndArray();
    output.write(json, "output");
    input.write(json, "input");
    json.writeEndObject();
  }
}
