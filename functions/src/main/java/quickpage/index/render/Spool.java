package quickpage.index.render;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The elements of a JSON array, kept in a file until what stands before them is known. Closing
 * deletes the file.
 */
final class Spool implements Closeable {

  private final Path file;
  private final OutputStream elements;
  private boolean empty = true;
  private boolean finished;

  /**
   * Creates the file.
   *
   * @param file where to keep the elements; replaced if it is there
   */
  Spool(Path file) throws IOException {
    this.file = file;
    this.elements = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** Adds an element that is JSON in UTF-8. */
  void add(byte[] element) throws IOException {
    if (finished) {
      throw new IllegalStateException("The array has been written; nothing can be added to it.");
    }
    if (!empty) {
      elements.write(',');
    }
    elements.write('\n');
    elements.write(element);
    empty = false;
  }

  /** Writes the whole array, one element a line; may be repeated, but ends the adding. */
  void writeArray(OutputStream out) throws IOException {
    finished = true;
    elements.close();
    out.write('[');
    Files.copy(file, out);
    out.write(empty ? new byte[] {']'} : new byte[] {'\n', ']'});
  }

  @Override
  public void close() throws IOException {
    finished = true;
    elements.close();
    Files.deleteIfExists(file);
  }
}
