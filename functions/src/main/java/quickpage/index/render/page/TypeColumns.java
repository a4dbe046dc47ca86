package quickpage.index.render.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;

/**
 * What the page knows of the types, one column a property. Columns keep 11,700 types in a few
 * megabytes here, and in some 250 KB once compressed.
 */
final class TypeColumns {
  /** Raised whenever the columns change, so that a page never reads what it does not understand. */
  private static final int FORMAT = 1;

  private static final List<EntryStatus> STATUSES =
      List.of(
          EntryStatus.OK, EntryStatus.NO_NEURONS, EntryStatus.NOT_ASKED, EntryStatus.UNAVAILABLE);

  private final List<String> names = new ArrayList<>();
  private final IntColumn status = new IntColumn();
  private final ValueColumn errors = new ValueColumn();
  private final PageColumn pages = new PageColumn();
  private final IntColumn total = new IntColumn();
  private final IntColumn left = new IntColumn();
  private final IntColumn right = new IntColumn();
  private final IntColumn middle = new IntColumn();
  private final IntColumn pre = new IntColumn();
  private final IntColumn post = new IntColumn();
  private final RoiColumns rois = new RoiColumns();
  private final ValueColumn parentRoi = new ValueColumn();
  private final ListColumn parentRois = new ListColumn();
  private final ValueColumn consensus = new ValueColumn();
  private final ValueColumn predicted = new ValueColumn();
  private final IntColumn confidence = new IntColumn();
  private final IntColumn predictions = new IntColumn();
  private final ListColumn superclasses = new ListColumn();
  private final ListColumn classes = new ListColumn();
  private final ListColumn subclasses = new ListColumn();
  private final ValueColumn dimorphism = new ValueColumn();
  private final ValueColumn synonyms = new ValueColumn();
  private final ListColumn flywireTypes = new ListColumn();
  private final ListColumn somaNeuromeres = new ListColumn();
  private final ListColumn hemilineages = new ListColumn();

  void add(IndexEntry entry) {
    names.add(entry.name());
    status.add(STATUSES.indexOf(entry.status()));
    errors.add(entry.error());
    pages.add(entry.name(), entry.pages());
    IndexEntry.Counts counts = entry.counts();
    total.addCount(counts.total());
    left.addCount(counts.left());
    right.addCount(counts.right());
    middle.addCount(counts.middle());
    pre.addCount(entry.synapses().pre());
    post.addCount(entry.synapses().post());
    rois.add(entry.rois());
    parentRoi.add(entry.parentRoi());
    parentRois.add(entry.parentRois());
    Neurotransmitter transmitter = entry.neurotransmitter();
    consensus.add(transmitter.consensus());
    predicted.add(transmitter.predicted());
    confidence.add(percent(transmitter.confidence()));
    predictions.addCount(transmitter.predictions());
    superclasses.add(entry.superclasses());
    classes.add(entry.classes());
    subclasses.add(entry.subclasses());
    dimorphism.add(entry.dimorphism());
    synonyms.add(entry.synonyms());
    flywireTypes.add(entry.flywireTypes());
    somaNeuromeres.add(entry.somaNeuromeres());
    hemilineages.add(entry.hemilineages());
  }

  private static int percent(Double confidence) {
    return confidence == null ? -1 : (int) Math.round(confidence * 100);
  }

  int size() {
    return names.size();
  }

  /** Writes the columns as one JSON object; docs/page.md describes it. */
  void write(OutputStream out, PageSettings settings, Map<String, String> roiDescriptions)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeNumberField("roisShown", settings.roisShown());
      json.writeArrayFieldStart("names");
      for (String name : names) {
        json.writeString(name);
      }
      json.writeEndArray();
      status.write(json, "status");
      errors.write(json, "errors");
      pages.write(json, "pages");
      total.write(json, "total");
      left.write(json, "left");
      right.write(json, "right");
      middle.write(json, "middle");
      pre.write(json, "pre");
      post.write(json, "post");
      rois.write(json, "rois");
      parentRoi.write(json, "parentRoi");
      parentRois.write(json, "parentRois");
      consensus.write(json, "consensus");
      predicted.write(json, "predicted");
      confidence.write(json, "confidence");
      predictions.write(json, "predictions");
      superclasses.write(json, "superclasses");
      classes.write(json, "classes");
      subclasses.write(json, "subclasses");
      dimorphism.write(json, "dimorphism");
      synonyms.write(json, "synonyms");
      flywireTypes.write(json, "flywireTypes");
      somaNeuromeres.write(json, "somaNeuromeres");
      hemilineages.write(json, "hemilineages");
      json.writeObjectFieldStart("roiDescriptions");
      for (Map.Entry<String, String> description : roiDescriptions.entrySet()) {
        json.writeStringField(description.getKey(), description.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
