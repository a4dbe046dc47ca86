package quickpage.index.render.page;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quickpage.index.model.EntryStatus;
import quickpage.index.model.Facet;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.TypeProperties;

/**
 * What the page knows of the types, one column a property. Columns keep 11,700 types in a few
 * megabytes here, and in some 250 KB once compressed.
 */
final class TypeColumns {
  private static final List<EntryStatus> STATUSES =
      List.of(
          EntryStatus.OK, EntryStatus.NO_NEURONS, EntryStatus.NOT_ASKED, EntryStatus.UNAVAILABLE);

  private final List<String> names = new ArrayList<>();
  private final IntColumn status = new IntColumn();
  private final ValueColumn errors = new ValueColumn();
  private final PageColumn pages = new PageColumn();
  private final IntColumn left = new IntColumn();
  private final IntColumn right = new IntColumn();
  private final IntColumn middle = new IntColumn();
  private final IntColumn unknown = new IntColumn();
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
  private final TextColumn synonyms = new TextColumn();
  private final TextColumn flywireTypes = new TextColumn();
  private final ListColumn somaNeuromeres = new ListColumn();
  private final ListColumn hemilineages = new ListColumn();
  private final ListColumn itoleeHemilineages = new ListColumn();
  private final ListColumn supertypes = new ListColumn();
  private final Map<String, TextColumn> otherTypes = new LinkedHashMap<>();
  private final Map<String, ListColumn> otherClasses = new LinkedHashMap<>();

  /** The facets' headings, by property. */
  private final Map<String, String> labels = new LinkedHashMap<>();

  private final NamedReferences references;

  TypeColumns(List<Facet> facets, Map<String, String> bibliography) {
    references = new NamedReferences(bibliography);
    TypeProperties.OTHER_TYPES.forEach(property -> otherTypes.put(property, new TextColumn()));
    TypeProperties.OTHER_CLASSES.forEach(property -> otherClasses.put(property, new ListColumn()));
    for (Facet facet : facets) {
      otherClasses.putIfAbsent(facet.property(), new ListColumn());
      labels.put(facet.property(), facet.label());
    }
  }

  void add(IndexEntry entry) {
    names.add(entry.name());
    status.add(STATUSES.indexOf(entry.status()));
    errors.add(entry.error());
    pages.add(entry.name(), entry.pages());
    IndexEntry.Counts counts = entry.counts();
    left.addCount(counts.left());
    right.addCount(counts.right());
    middle.addCount(counts.middle());
    unknown.addCount(counts.unknown());
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
    synonyms.add(entry.name(), entry.synonyms());
    references.add(entry.synonyms());
    flywireTypes.add(entry.name(), entry.flywireTypes());
    somaNeuromeres.add(entry.somaNeuromeres());
    hemilineages.add(entry.hemilineages());
    itoleeHemilineages.add(entry.itoleeHemilineages());
    supertypes.add(entry.supertypes());
    otherTypes.forEach(
        (property, column) ->
            column.add(entry.name(), entry.otherTypes().getOrDefault(property, List.of())));
    otherClasses.forEach(
        (property, column) -> column.add(entry.otherClasses().getOrDefault(property, List.of())));
  }

  /** Properties that no type has are left out; a dataset has few of them. */
  private void writeOthers(ColumnFile file) throws IOException {
    file.json().writeArrayFieldStart("otherTypes");
    for (Map.Entry<String, TextColumn> column : otherTypes.entrySet()) {
      if (!column.getValue().isEmpty()) {
        file.json().writeStartObject();
        file.json().writeStringField("property", column.getKey());
        column.getValue().writeFields(file);
        file.json().writeEndObject();
      }
    }
    file.json().writeEndArray();
    file.json().writeArrayFieldStart("otherClasses");
    for (Map.Entry<String, ListColumn> column : otherClasses.entrySet()) {
      if (!column.getValue().isEmpty()) {
        file.json().writeStartObject();
        file.json().writeStringField("property", column.getKey());
        if (labels.containsKey(column.getKey())) {
          file.json().writeStringField("label", labels.get(column.getKey()));
        }
        column.getValue().writeFields(file);
        file.json().writeEndObject();
      }
    }
    file.json().writeEndArray();
  }

  /** What is no share is shown as unknown: one broken value must not cost the whole index. */
  private static int percent(Double confidence) {
    return confidence != null && confidence >= 0 && confidence <= 1
        ? (int) Math.round(confidence * 100)
        : -1;
  }

  int size() {
    return names.size();
  }

  /** Writes the columns, compressed, as docs/page.md describes them. */
  void write(OutputStream out, PageSettings settings, Map<String, String> roiDescriptions)
      throws IOException {
    ColumnFile file = new ColumnFile();
    file.json().writeNumberField("roisShown", settings.roisShown());
    if (!settings.base().isEmpty()) {
      file.json().writeStringField("base", settings.base());
    }
    file.texts("names", names);
    file.numbers("status", status);
    errors.write(file, "errors");
    pages.write(file, "pages");
    file.numbers("left", left);
    file.numbers("right", right);
    file.numbers("middle", middle);
    file.numbers("unknown", unknown);
    file.numbers("pre", pre);
    file.numbers("post", post);
    rois.write(file, "rois");
    parentRoi.write(file, "parentRoi");
    parentRois.write(file, "parentRois");
    consensus.write(file, "consensus");
    predicted.write(file, "predicted");
    file.numbers("confidence", confidence);
    file.numbers("predictions", predictions);
    superclasses.write(file, "superclasses");
    classes.write(file, "classes");
    subclasses.write(file, "subclasses");
    dimorphism.write(file, "dimorphism");
    synonyms.write(file, "synonyms");
    flywireTypes.write(file, "flywireTypes");
    somaNeuromeres.write(file, "somaNeuromeres");
    hemilineages.write(file, "hemilineages");
    itoleeHemilineages.write(file, "itoleeHemilineages");
    supertypes.write(file, "supertypes");
    writeOthers(file);
    file.beginObject("roiDescriptions");
    for (Map.Entry<String, String> description : roiDescriptions.entrySet()) {
      file.json().writeStringField(description.getKey(), description.getValue());
    }
    file.endObject();
    references.write(file);
    file.writeTo(out);
  }
}
