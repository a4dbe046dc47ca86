package quickpage.index.lambda;

import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * The text of a secret of this account and region.
 *
 * @param content what the secret holds, for sentences: {@code the NeuPrint token}
 */
record SecretText(SecretsManagerClient secrets, String name, String content) {

  /**
   * Reads it.
   *
   * @throws RefusedException if there is none that this function may read
   * @throws TransientFailure if Secrets Manager does not answer
   */
  String read() {
    String value = value();
    if (value == null) {
      throw new RefusedException(
          "The %s holds bytes and no text: store %s as text.".formatted(origin(), content));
    }
    return value;
  }

  /** Where it is, for a sentence. */
  String origin() {
    return "secret \"%s\" in Secrets Manager".formatted(name);
  }

  /** The messages of Secrets Manager name the secret and never quote it. */
  private String value() {
    try {
      GetSecretValueResponse answer = secrets.getSecretValue(b -> b.secretId(name));
      return answer.secretString();
    } catch (ResourceNotFoundException e) {
      throw new RefusedException(
          "There is no %s in this account and region: create it with %s as its value, or deploy with the name of the right one."
              .formatted(origin(), content),
          e);
    } catch (InvalidRequestException e) {
      throw new RefusedException(
          "The %s cannot be read, for it is marked for deletion or has no value: restore it, or give it one."
              .formatted(origin()),
          e);
    } catch (DecryptionFailureException e) {
      throw new RefusedException(
          "The %s cannot be decrypted: let this function's role use the secret's KMS key."
              .formatted(origin()),
          e);
    } catch (SecretsManagerException e) {
      throw isDenied(e) ? denied(e) : away(e);
    } catch (SdkClientException e) {
      throw away(e);
    }
  }

  private static boolean isDenied(SecretsManagerException e) {
    return e.statusCode() == 403
        || (e.awsErrorDetails() != null
            && "AccessDeniedException".equals(e.awsErrorDetails().errorCode()));
  }

  private RefusedException denied(SecretsManagerException e) {
    return new RefusedException(
        "There is no %s of this account and region that this function may read: deploy with the name of the secret that it is to read, and check the secret's own policy and KMS key."
            .formatted(origin()),
        e);
  }

  private TransientFailure away(RuntimeException e) {
    return new TransientFailure("The %s could not be read just now.".formatted(origin()), e);
  }
}
