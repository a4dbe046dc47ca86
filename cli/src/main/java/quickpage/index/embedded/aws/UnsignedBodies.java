package quickpage.index.embedded.aws;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signatures over requests without their bodies, as S3 takes them over TLS; DynamoDB Local checks
 * none. The SDK signs bodies, too, where it sees plain HTTP; on the loopback interface, where
 * nobody can change a body under way, hashing every byte once more is work for nothing.
 */
final class UnsignedBodies implements AwsV4AuthScheme {

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  @Override
  public String schemeId() {
    return SCHEME_ID;
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return providers.identityProvider(AwsCredentialsIdentity.class);
  }

  @Override
  public AwsV4HttpSigner signer() {
    return new Signer();
  }

  private static final class Signer implements AwsV4HttpSigner {

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
      SignedRequest signed = SIGNER.sign(asOverTls(request.toBuilder(), request));
      return signed.toBuilder()
          .request(signed.request().toBuilder().protocol(request.request().protocol()).build())
          .build();
    }

    private static <I extends AwsCredentialsIdentity> SignRequest<I> asOverTls(
        SignRequest.Builder<I> builder, SignRequest<?> request) {
      return builder
          .request(request.request().toBuilder().protocol("https").build())
          .putProperty(PAYLOAD_SIGNING_ENABLED, false)
          .putProperty(CHUNK_ENCODING_ENABLED, false)
          .build();
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(
        AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
      throw new UnsupportedOperationException("the embedded servers' clients are synchronous ones");
    }
  }
}
