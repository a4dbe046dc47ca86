package quickpage.index.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.Facet;

class RunInputTest {

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static RunInput parse(String text) {
    return RunInput.parse(json(text));
  }

  @Test
  void everyFieldIsRead() {
    RunInput input =
        parse(
            """
            {"Comment": "from the console",
             "site": {"bucket": "b", "prefix": "p/"},
             "neuprint": {"server": "https://s", "dataset": "d:v1"},
             "options": {"roiAnalysis": false, "roiThreshold": 2, "roiLimit": 5,
               "minNeuronsForRois": 3, "typesPerQuery": 50, "maxConcurrency": 7,
               "cacheTtlHours": 0.5, "refresh": true, "toleratedFailurePercentage": 2.5,
               "indexFile": "catalogue.html", "ignorePages": ["draft-*.html"],
               "facets": [{"property": "cellBodyFiber", "label": "Cell body fiber"}]}}
            """);

    assertThat(input.site()).isEqualTo(new RunInput.Site("b", "p/"));
    assertThat(input.neuprint()).isEqualTo(new RunInput.Neuprint("https://s", "d:v1"));
    assertThat(input.options())
        .isEqualTo(
            new RunInput.Choices(
                false,
                2.0,
                5,
                3,
                50,
                7,
                0.5,
                true,
                2.5,
                "catalogue.html",
                List.of("draft-*.html"),
                List.of(new Facet("cellBodyFiber", "Cell body fiber"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"site\": null, \"neuprint\": null, \"options\": null, \"Comment\": null}",
        "{\"site\": {}, \"neuprint\": {}, \"options\": {}}",
        "{\"site\": {\"bucket\": null, \"prefix\": null}, \"options\": {\"roiAnalysis\": null,"
            + " \"roiThreshold\": null, \"roiLimit\": null, \"minNeuronsForRois\": null,"
            + " \"typesPerQuery\": null, \"maxConcurrency\": null, \"cacheTtlHours\": null,"
            + " \"refresh\": null, \"toleratedFailurePercentage\": null, \"indexFile\": null,"
            + " \"ignorePages\": null, \"facets\": null}}",
        "{\"Comment\": \"prefilled\"}",
        "{\"Comment\": {\"any\": [\"thing\"]}}"
      })
  void whatIsMissingOrNullIsTheDefault(String text) {
    assertThat(parse(text).site()).isEqualTo(RunInput.Site.DEFAULT);
    assertThat(parse(text).neuprint()).isEqualTo(RunInput.Neuprint.DEFAULT);
    assertThat(parse(text).options()).isEqualTo(RunInput.Choices.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"{}\"", "7", "true", "null"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The run input must be a JSON object, such as {}.");
  }

  @Test
  void noInputAtAllIsRefused() {
    assertThatThrownBy(() -> RunInput.parse(null)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'sites': {}}                       | sites                | neuprint, options, site",
        "{'comment': 'small c'}              | comment              | neuprint, options, site",
        "{'site': {'buckets': 'b'}}          | site.buckets         | bucket, prefix",
        "{'neuprint': {'token': 'secret'}}   | neuprint.token       | dataset, server",
        "{'options': {'roi-threshold': 2}}   | options.roi-threshold | cacheTtlHours, facets,"
            + " ignorePages",
        "{'options': {'RoiThreshold': 2}}    | options.RoiThreshold | cacheTtlHours, facets,"
            + " ignorePages",
        "{'options': {'options': {}}}        | options.options      | cacheTtlHours, facets,"
            + " ignorePages"
      })
  void anUnknownFieldIsNamedWithTheKnownOnes(String text, String field, String known) {
    assertThatThrownBy(() -> parse(text.replace('\'', '"')))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "The run input has an unknown field %s; known there are: %s", field, known)
        .hasMessageEndingWith(".")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'site': 'b'}                                  | site                 | an object",
        "{'site': ''}                                   | site                 | an object",
        "{'site': []}                                   | site                 | an object",
        "{'neuprint': 7}                                | neuprint             | an object",
        "{'options': true}                              | options              | an object",
        "{'site': {'bucket': 7}}                        | site.bucket          | a text",
        "{'site': {'prefix': 1.5}}                      | site.prefix          | a text",
        "{'site': {'prefix': ['a']}}                    | site.prefix          | a text",
        "{'neuprint': {'server': true}}                 | neuprint.server      | a text",
        "{'neuprint': {'dataset': {}}}                  | neuprint.dataset     | a text",
        "{'options': {'roiAnalysis': 'false'}}          | options.roiAnalysis  | true or false",
        "{'options': {'roiAnalysis': 0}}                | options.roiAnalysis  | true or false",
        "{'options': {'roiThreshold': '1.5'}}           | options.roiThreshold | a number",
        "{'options': {'roiThreshold': true}}            | options.roiThreshold | a number",
        "{'options': {'roiThreshold': ''}}              | options.roiThreshold | a number",
        "{'options': {'roiLimit': 1.9}}                 | options.roiLimit     | a whole number",
        "{'options': {'roiLimit': '5'}}                 | options.roiLimit     | a whole number",
        "{'options': {'minNeuronsForRois': false}}      | options.minNeuronsForRois | a whole"
            + " number",
        "{'options': {'typesPerQuery': {}}}             | options.typesPerQuery | a whole number",
        "{'options': {'typesPerQuery': 99999999999}}    | options.typesPerQuery | a whole number",
        "{'options': {'maxConcurrency': [20]}}          | options.maxConcurrency | a whole number",
        "{'options': {'maxConcurrency': 2.5}}           | options.maxConcurrency | a whole number",
        "{'options': {'cacheTtlHours': 'day'}}          | options.cacheTtlHours | a number",
        "{'options': {'refresh': 'yes'}}                | options.refresh      | true or false",
        "{'options': {'toleratedFailurePercentage': {}}} | options.toleratedFailurePercentage | a"
            + " number",
        "{'options': {'facets': 'nerve'}}               | options.facets       | a list",
        "{'options': {'facets': ['nerve']}}             | options.facets[0]    | an object",
        "{'options': {'facets': [{'label': 7}]}}        | options.facets[0].label | a text",
        "{'options': {'indexFile': 5}}                  | options.indexFile    | a text"
      })
  void aWrongTypeIsNamedWithTheRightOne(String text, String field, String right) {
    assertThatThrownBy(() -> parse(text.replace('\'', '"')))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The run input's field %s must be %s", field, right)
        .hasMessageEndingWith(".");
  }
}
