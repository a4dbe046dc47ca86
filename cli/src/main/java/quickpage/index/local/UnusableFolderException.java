package quickpage.index.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** A folder of this machine that cannot be used; the message is a sentence. */
public final class UnusableFolderException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnusableFolderException(Path folder, IOException cause) {
    super(sentence(folder, cause), cause);
  }

  /** Why a folder cannot be used. Java's own message is often nothing but a path. */
  public static String sentence(Path folder, IOException cause) {
    return "The folder %s cannot be used: %s.".formatted(folder, reason(cause));
  }

  /** The same without the folder and the full stop, as the end of another sentence. */
  public static String reason(Throwable cause) {
    if (cause instanceof FileSystemException failure && failure.getFile() != null) {
      String file = failure.getFile();
      if (failure instanceof AccessDeniedException) {
        return "permission is denied for " + file;
      }
      if (failure instanceof NoSuchFileException) {
        return "there is no " + file;
      }
      if (failure instanceof DirectoryNotEmptyException) {
        return file + " is not empty";
      }
      if (failure instanceof FileAlreadyExistsException
          || failure instanceof NotDirectoryException) {
        return file + " is not a folder";
      }
      if (failure.getReason() != null) {
        String at = failure.getOtherFile() == null ? file : failure.getOtherFile();
        return at + ": " + failure.getReason();
      }
    }
    String message = cause.getMessage();
    if (message == null) {
      return cause.getClass().getSimpleName();
    }
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
