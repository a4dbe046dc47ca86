package quickpage.index.stack;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Supplier;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Calls to AWS whose failures are sentences for the person at the terminal. */
public final class AwsCall {

  /** Codes of services that do not know who asks, or no longer do. */
  private static final Set<String> UNKNOWN_CALLER =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");

  private AwsCall() {}

  /**
   * Makes a call.
   *
   * @param what continues "to …", such as "look at the stack dev"
   * @throws WrongSettingException if AWS does not know the caller
   * @throws RefusedException if the caller may not, or AWS refuses otherwise
   * @throws TransientFailure if AWS cannot be reached or is busy, after the SDK's own repeats
   */
  public static <T> T of(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw refused(what, e);
    } catch (TransientFailure e) {
      // Written for functions, which are retried; a person wants to know why it failed.
      if (e.getCause() instanceof AwsServiceException refused) {
        throw refused(what, refused);
      }
      throw e;
    } catch (SdkClientException | UncheckedIOException e) {
      throw new TransientFailure(
          "AWS could not be reached to %s: %s.".formatted(what, clause(innermost(e))), e);
    }
  }

  private static RuntimeException refused(String what, AwsServiceException e) {
    String code = code(e);
    if (UNKNOWN_CALLER.contains(code)) {
      return new WrongSettingException(
          "AWS does not accept the credentials (%s): sign in again, or name others with AWS_PROFILE."
              .formatted(code),
          e);
    }
    if (e.statusCode() == 403 || code.startsWith("AccessDenied")) {
      return new RefusedException("You may not %s: %s.".formatted(what, clause(message(e))), e);
    }
    if (e.isThrottlingException() || e.statusCode() >= 500) {
      return new TransientFailure(
          "AWS could not %s just now (%s): try again.".formatted(what, code), e);
    }
    return new RefusedException(
        "AWS did not %s (%s): %s.".formatted(what, code, clause(message(e))), e);
  }

  static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? Integer.toString(e.statusCode()) : code;
  }

  private static String message(AwsServiceException e) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return message == null || message.isBlank() ? code(e) : message;
  }

  private static String innermost(Throwable e) {
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
  }

  private static String clause(String sentence) {
    return sentence.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
  }
}
