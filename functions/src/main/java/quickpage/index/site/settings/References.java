package quickpage.index.site.settings;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quickpage.index.error.RefusedException;

/**
 * A bibliography: where the works are that synonyms refer to. CSV in UTF-8 with a row for each: the
 * text that stands for it in synonyms ("Nern 2025"), and an https or http address or a DOI; further
 * columns are passed over, so that neuView's {@code input/citations.csv} is one. Headings in the
 * first row are known by its second cell.
 */
public final class References {

  private static final Set<String> HEADINGS = Set.of("address", "url", "link", "doi");

  /** Crossref: nearly all DOIs fit {@code 10.\d{4,9}/}. */
  private static final Pattern DOI =
      Pattern.compile("(?:doi:\\s*)?(10\\.\\d{4,9}/\\S+)", Pattern.CASE_INSENSITIVE);

  /** Excel writes one. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final CsvReader.CsvReaderBuilder ROWS =
      CsvReader.builder()
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE);

  private final String file;
  private final Map<String, String> addresses = new HashMap<>();
  private final Map<String, Long> lines = new HashMap<>();

  private References(String file) {
    this.file = file;
  }

  /**
   * Reads a bibliography.
   *
   * @param file where it is, for sentences
   * @return addresses by text
   * @throws RefusedException naming the file, the line and what does not fit
   */
  public static Map<String, String> parse(byte[] content, String file) {
    References references = new References(file);
    references.read(references.text(content));
    return references.addresses;
  }

  private String text(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new RefusedException("%s is not text in UTF-8.".formatted(file), e);
    }
  }

  private void read(String text) {
    long lastLine = 1;
    try (CsvReader<CsvRecord> rows = ROWS.ofCsvRecord(text)) {
      boolean first = true;
      for (CsvRecord row : rows) {
        lastLine = row.getStartingLineNumber();
        if (!first || !isHeading(row)) {
          add(row);
        }
        first = false;
      }
    } catch (CsvParseException e) {
      throw new RefusedException("%s is not CSV: %s.".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e); // a text is read, which does not fail
    }
    // The reader takes the end of the text for the end of the cell, and all lines with it.
    if (text.chars().filter(character -> character == '"').count() % 2 == 1) {
      throw new RefusedException(
          "%s, line %d: a quotation mark is not closed.".formatted(file, lastLine));
    }
  }

  private static boolean isHeading(CsvRecord row) {
    return row.getFieldCount() > 1
        && HEADINGS.contains(row.getField(1).strip().toLowerCase(Locale.ROOT));
  }

  private void add(CsvRecord row) {
    long line = row.getStartingLineNumber();
    String text = row.getField(0).strip();
    if (row.getFieldCount() < 2) {
      throw new RefusedException(
          "%s, line %d: there must be a text and an address with a comma between them, not \"%s\"."
              .formatted(file, line, text));
    }
    if (!OwnersValues.isText(text)) {
      throw new RefusedException(
          "%s, line %d: the reference must be %s, not \"%s\"."
              .formatted(file, line, OwnersValues.A_TEXT, text));
    }
    String cell = row.getField(1).strip();
    if (cell.isEmpty()) {
      return; // a work that is nowhere to be read
    }
    String address = address(cell);
    if (address == null) {
      throw new RefusedException(
          "%s, line %d: the address of \"%s\" must be https, http or a DOI, not \"%s\"."
              .formatted(file, line, text, cell));
    }
    String former = addresses.putIfAbsent(text, address);
    if (former != null && !former.equals(address)) {
      throw new RefusedException(
          "%s, line %d: \"%s\" has another address in line %d."
              .formatted(file, line, text, lines.get(text)));
    }
    lines.putIfAbsent(text, line);
  }

  /** A DOI may hold what an address may not. */
  private static String resolved(String doi) {
    try {
      return new URI("https", "doi.org", "/" + doi, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("an absolute path was given", e);
    }
  }

  private static String address(String cell) {
    Matcher doi = DOI.matcher(cell);
    String address = doi.matches() ? resolved(doi.group(1)) : cell;
    return OwnersValues.isText(address) && OwnersValues.isWebAddress(address) ? address : null;
  }
}
