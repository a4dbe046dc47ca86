package quickpage.index.deployed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * What a request needs to be allowed, as AWS's Service Authorization Reference says: often more
 * than one permission, and not always one of the operation's name.
 */
final class AwsCalls {

  static final String REGION = "eu-central-1";
  static final String ACCOUNT = "123456789012";

  private static final int NOT_FOUND = 404;

  private AwsCalls() {}

  /** A request of an operation that is not known here needs what no policy can allow. */
  static List<RecordedAwsCall> of(String service, SdkRequest request, int status) {
    String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
    String operation = service + " " + name;
    return switch (service) {
      case "S3" -> s3(operation, request, status);
      case "DynamoDb" -> dynamoDb(operation, name, request);
      default -> List.of(other(operation, request));
    };
  }

  private static List<RecordedAwsCall> s3(String operation, SdkRequest request, int status) {
    if (request instanceof GetObjectRequest get) {
      return reading(operation, get.bucket(), get.key(), status);
    }
    if (request instanceof HeadObjectRequest head) {
      return reading(operation, head.bucket(), head.key(), status);
    }
    if (request instanceof PutObjectRequest put) {
      RecordedAwsCall write =
          new RecordedAwsCall(operation, "s3:PutObject", object(put.bucket(), put.key()));
      // Whoever compares learns something of what is there.
      return put.ifMatch() == null
          ? List.of(write)
          : List.of(write, new RecordedAwsCall(operation, "s3:GetObject", write.resource()));
    }
    if (request instanceof DeleteObjectsRequest delete) {
      return delete.delete().objects().stream()
          .map(one -> object(delete.bucket(), one.key()))
          .map(object -> new RecordedAwsCall(operation, "s3:DeleteObject", object))
          .toList();
    }
    if (request instanceof ListObjectsV2Request list) {
      Map<String, List<String>> keys =
          list.prefix() == null ? Map.of() : Map.of("s3:prefix", List.of(list.prefix()));
      return List.of(new RecordedAwsCall(operation, "s3:ListBucket", bucket(list.bucket()), keys));
    }
    return List.of(unknown(operation));
  }

  /** That an object is missing is said to those who may list; others get a 403. */
  private static List<RecordedAwsCall> reading(
      String operation, String bucket, String key, int status) {
    RecordedAwsCall read = new RecordedAwsCall(operation, "s3:GetObject", object(bucket, key));
    return status == NOT_FOUND
        ? List.of(read, new RecordedAwsCall(operation + " (404)", "s3:ListBucket", bucket(bucket)))
        : List.of(read);
  }

  private static String bucket(String name) {
    return "arn:aws:s3:::" + name;
  }

  private static String object(String bucket, String key) {
    return bucket(bucket) + "/" + key;
  }

  private static List<RecordedAwsCall> dynamoDb(String operation, String name, SdkRequest request) {
    List<RecordedAwsCall> calls = new ArrayList<>();
    if (request instanceof GetItemRequest get) {
      calls.add(item(operation, name, get.tableName(), Stream.of(get.key())));
    } else if (request instanceof PutItemRequest put) {
      calls.add(item(operation, name, put.tableName(), Stream.of(put.item())));
    } else if (request instanceof UpdateItemRequest update) {
      calls.add(item(operation, name, update.tableName(), Stream.of(update.key())));
    } else if (request instanceof DeleteItemRequest delete) {
      calls.add(item(operation, name, delete.tableName(), Stream.of(delete.key())));
    } else if (request instanceof BatchGetItemRequest get) {
      get.requestItems()
          .forEach((table, keys) -> calls.add(item(operation, name, table, keys.keys().stream())));
    } else if (request instanceof BatchWriteItemRequest write) {
      write
          .requestItems()
          .forEach(
              (table, items) ->
                  calls.add(item(operation, name, table, items.stream().map(AwsCalls::key))));
    } else {
      calls.add(unknown(operation));
    }
    return calls;
  }

  private static Map<String, AttributeValue> key(WriteRequest request) {
    return request.putRequest() == null
        ? request.deleteRequest().key()
        : request.putRequest().item();
  }

  private static RecordedAwsCall item(
      String operation, String name, String table, Stream<Map<String, AttributeValue>> items) {
    return new RecordedAwsCall(
        operation,
        "dynamodb:" + name,
        arn("dynamodb", "table/" + table),
        Map.of("dynamodb:LeadingKeys", items.map(item -> item.get("pk").s()).sorted().toList()));
  }

  private static RecordedAwsCall other(String operation, SdkRequest request) {
    if (request instanceof SendMessageRequest send) {
      String url = send.queueUrl();
      String queue = url.substring(url.lastIndexOf('/') + 1);
      return new RecordedAwsCall(operation, "sqs:SendMessage", arn("sqs", queue));
    }
    if (request instanceof DescribeExecutionRequest look) {
      return new RecordedAwsCall(operation, "states:DescribeExecution", look.executionArn());
    }
    if (request instanceof StartExecutionRequest start) {
      return new RecordedAwsCall(operation, "states:StartExecution", start.stateMachineArn());
    }
    if (request instanceof GetSecretValueRequest get) {
      // A secret's ARN ends in six characters that nobody chooses.
      return new RecordedAwsCall(
          operation,
          "secretsmanager:GetSecretValue",
          arn("secretsmanager", "secret:" + get.secretId() + "-x7Kq2Z"));
    }
    return unknown(operation);
  }

  private static RecordedAwsCall unknown(String operation) {
    return new RecordedAwsCall(operation, "an operation that the tests do not know", "");
  }

  static String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, resource);
  }
}
