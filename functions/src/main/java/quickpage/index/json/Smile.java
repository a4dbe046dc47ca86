package quickpage.index.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;

/**
 * The one mapper for what is written and read as Smile, a binary form of JSON in which the names of
 * fields stand once: cached facts and shards.
 */
public final class Smile {

  public static final ObjectMapper MAPPER =
      SmileMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // An unpaired surrogate is written as a replacement character, not refused.
          .enable(SmileGenerator.Feature.LENIENT_UTF_ENCODING)
          .build();

  private Smile() {}
}
