package quickpage.index.render.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import quickpage.index.model.roi.OwnShare;
import quickpage.index.model.roi.RoiShare;

/**
 * The ROI summaries of all types. Shares are kept as whole percents: a bar of a card is some 200
 * pixels wide, and the exact numbers are in {@code data/index.json}. All first ROIs stand together,
 * then all second ones, and so on, because what has the same rank looks alike and compresses
 * better.
 */
final class RoiColumns {
  private final Dictionary dictionary = new Dictionary();
  private final IntColumn lengths = new IntColumn();
  private final List<Rank> ranks = new ArrayList<>();

  /** One rank of all types that have it. */
  private record Rank(IntColumn numbers, IntColumn output, IntColumn input) {
    Rank() {
      this(new IntColumn(), new IntColumn(), new IntColumn());
    }
  }

  void add(List<RoiShare> rois) {
    lengths.add(rois.size());
    for (int i = 0; i < rois.size(); i++) {
      if (i == ranks.size()) {
        ranks.add(new Rank());
      }
      RoiShare roi = rois.get(i);
      Rank rank = ranks.get(i);
      rank.numbers().add(dictionary.number(roi.name()));
      OwnShare share = roi.share();
      rank.output().add(share == null ? -1 : (int) Math.round(share.pre()));
      rank.input().add(share == null ? -1 : (int) Math.round(share.post()));
    }
  }

  /**
   * {@code {"values", "lengths": ROIs of each type, "ids", "output", "input"}}; the last three hold
   * for each rank, and in it for each type that has so many ROIs, its place in values and its
   * shares in percent, -1 for an ROI that is none of the dataset's own primary ones.
   */
  void write(ColumnFile file, String field) throws IOException {
    IntColumn numbers = new IntColumn();
    IntColumn output = new IntColumn();
    IntColumn input = new IntColumn();
    for (Rank rank : ranks) {
      for (int i = 0; i < rank.numbers().size(); i++) {
        numbers.add(rank.numbers().get(i));
        output.add(rank.output().get(i));
        input.add(rank.input().get(i));
      }
    }
    file.beginObject(field);
    file.texts("values", dictionary.sorted());
    file.numbers("lengths", lengths);
    file.numbers("ids", dictionary.inPlace(numbers));
    file.numbers("output", output);
    file.numbers("input", input);
    file.endObject();
  }
}
