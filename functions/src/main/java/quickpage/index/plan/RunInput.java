package quickpage.index.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import quickpage.index.error.RefusedException;
import quickpage.index.model.Facet;

/**
 * What a person or a program gives a run; every field may be missing or null, which means the
 * deployment's default. Unknown fields and wrong types are refused with the field's name.
 *
 * @param comment the console's prefilled {@code Comment}; ignored
 */
public record RunInput(
    @JsonProperty("Comment") JsonNode comment, Site site, Neuprint neuprint, Choices options) {

  /** Where the site is. */
  public record Site(String bucket, String prefix) {
    static final Site DEFAULT = new Site(null, null);
  }

  /** Where the data is. */
  public record Neuprint(String server, String dataset) {
    static final Neuprint DEFAULT = new Neuprint(null, null);
  }

  /** The options; see {@link quickpage.index.model.Options}. */
  public record Choices(
      Boolean roiAnalysis,
      Double roiThreshold,
      Integer roiLimit,
      Integer minNeuronsForRois,
      Integer typesPerQuery,
      Integer maxConcurrency,
      Double cacheTtlHours,
      Boolean refresh,
      Double toleratedFailurePercentage,
      String indexFile,
      List<String> ignorePages,
      List<Facet> facets) {
    static final Choices DEFAULT =
        new Choices(null, null, null, null, null, null, null, null, null, null, null, null);
  }

  public RunInput {
    site = site == null ? Site.DEFAULT : site;
    neuprint = neuprint == null ? Neuprint.DEFAULT : neuprint;
    options = options == null ? Choices.DEFAULT : options;
  }

  /** Jackson alone would take "7" for 7, 1.9 for 1 and 5 for "5". */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .withCoercionConfig(
              LogicalType.POJO,
              config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .build();

  /**
   * Reads a run input.
   *
   * @throws RefusedException naming the field that is unknown or of a wrong type
   */
  public static RunInput parse(JsonNode input) {
    if (input == null || !input.isObject()) {
      throw new RefusedException("The run input must be a JSON object, such as {}.");
    }
    try {
      return STRICT.treeToValue(input, RunInput.class);
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .filter(name -> !name.equals("Comment"))
              .sorted()
              .collect(Collectors.joining(", "));
      throw new RefusedException(
          "The run input has an unknown field %s; known there are: %s."
              .formatted(path(e.getPath()), known),
          e);
    } catch (MismatchedInputException e) {
      throw new RefusedException(
          "The run input's field %s must be %s."
              .formatted(path(e.getPath()), inWords(e.getTargetType())),
          e);
    } catch (JsonProcessingException e) {
      List<JsonMappingException.Reference> path =
          e instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
      if (e.getCause() instanceof InputCoercionException) {
        throw new RefusedException(
            "The run input's field %s must be a whole number of at most %d."
                .formatted(path(path), Integer.MAX_VALUE),
            e);
      }
      throw new RefusedException(
          "The run input's field %s does not fit: %s."
              .formatted(path(path), e.getOriginalMessage()),
          e);
    }
  }

  private static String path(List<JsonMappingException.Reference> references) {
    return references.stream()
        .map(
            one ->
                one.getFieldName() == null ? "[%d]".formatted(one.getIndex()) : one.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String inWords(Class<?> type) {
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == Integer.class) {
      return "a whole number";
    }
    if (type == Double.class) {
      return "a number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type == String.class ? "a text" : "an object";
  }
}
