"""What the template holds that is code: the hook before traffic, the paths of CloudFront, the rules for parameters; and
what SAM's translator makes of it: versions, names, roles, and what there is with which parameters.

Run by .ci/template, in its virtual environment. Needs Node for the paths.
"""

import fnmatch
import io
import json
import os
import re
import subprocess
import sys
import tomllib
import types
import unittest
from pathlib import Path
from unittest import mock

from deployed_template import Stack, deployed, source

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = source()


class BeforeTraffic(unittest.TestCase):
    """The hook, with a fake of the two calls that it makes."""

    def told(self, answers):
        """What CodeDeploy is told, by the answer of each version; and what is raised."""
        told = []

        class Lambda:
            def invoke(self, FunctionName, Payload):
                assert Payload == b"{}"
                return {"Payload": io.BytesIO(answers[FunctionName][0])} | answers[FunctionName][1]

        class CodeDeploy:
            def put_lifecycle_event_hook_execution_status(self, **arguments):
                told.append(arguments)

        clients = {"lambda": Lambda(), "codedeploy": CodeDeploy()}
        module = {}
        with mock.patch.dict(sys.modules, {"boto3": types.SimpleNamespace(client=clients.__getitem__)}), \
                mock.patch.dict(os.environ, {"VERSIONS": " ".join(answers)}), mock.patch("builtins.print"):
            exec(TEMPLATE["Resources"]["BeforeTrafficFunction"]["Properties"]["InlineCode"], module)
            try:
                module["handler"]({"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1"}, None)
            except Exception:
                pass  # CodeDeploy has been told before
        self.assertEqual([("d-1", "e-1")], [(t["deploymentId"], t["lifecycleEventHookExecutionId"]) for t in told])
        return told[0]["status"]

    REFUSES = (b'{"failure":"The PlanRequest cannot be read: execution is missing."}', {})

    def test_versions_that_refuse_an_empty_request_get_traffic(self):
        self.assertEqual("Succeeded", self.told({"plan:2": self.REFUSES, "batch:2": self.REFUSES}))

    def test_a_version_that_does_not_boot_gets_none(self):
        crash = (b'{"errorType":"Runtime.ExitError"}', {"FunctionError": "Unhandled"})
        self.assertEqual("Failed", self.told({"plan:2": self.REFUSES, "batch:2": crash}))

    def test_a_version_that_answers_something_else_gets_none(self):
        self.assertEqual("Failed", self.told({"plan:2": (b'{"failure":null}', {})}))
        self.assertEqual("Failed", self.told({"plan:2": (b"not JSON", {})}))


class Versions(unittest.TestCase):
    """A changed number of a function reaches its alias, for it publishes a version."""

    VERSIONED = [name for name, r in TEMPLATE["Resources"].items() if "AutoPublishAlias" in r.get("Properties", {})]

    def versions(self, change=lambda resources: None, **parameters):
        """Logical IDs of the versions, by function; CloudFormation publishes one for each ID that is new."""
        template = source()
        change(template["Resources"])
        resources = deployed(template, "prod", **parameters)["Resources"]
        return {r["Properties"]["FunctionName"]["Ref"]: name
                for name, r in resources.items() if r["Type"] == "AWS::Lambda::Version"}

    def numbers(self, properties, path=()):
        """Paths of all numbers in a function's properties."""
        if isinstance(properties, dict):
            return [found for key, value in properties.items() for found in self.numbers(value, (*path, key))]
        return [path] if isinstance(properties, int) and not isinstance(properties, bool) else []

    def test_a_changed_number_publishes_a_version_of_its_function_alone(self):
        before = self.versions()
        self.assertCountEqual(self.VERSIONED, before)
        self.assertEqual(4, len(before))
        for function in before:
            paths = self.numbers(TEMPLATE["Resources"][function]["Properties"])
            self.assertLessEqual({("MemorySize",), ("Timeout",)}, set(paths), function)
            for path in paths:
                def change(resources):
                    properties = resources[function]["Properties"]
                    for key in path[:-1]:
                        properties = properties[key]
                    properties[path[-1]] += 1
                changed = {name for name, version in self.versions(change).items() if version != before[name]}
                self.assertEqual({function}, changed, path)

    def test_the_memory_that_finish_is_told_publishes_a_version_of_it(self):
        def change(resources):
            variables = resources["FinishFunction"]["Properties"]["Environment"]["Variables"]
            variables["FUNCTION_MEMORY"] = variables["FUNCTION_MEMORY"].replace("plan=", "plan=1")
        self.assertNotEqual(self.versions()["FinishFunction"], self.versions(change)["FinishFunction"])

    def test_the_same_numbers_publish_none(self):
        self.assertEqual(self.versions(), self.versions())

    # These cannot reach a function otherwise; docs/account.md says what else a change of them takes.
    FROZEN = {"SubnetIds", "SecurityGroupIds"}

    def test_another_place_of_the_code_publishes_all_and_takes_a_changed_network_along(self):
        network = {"SubnetIds": "subnet-12345678", "SecurityGroupIds": "sg-12345678"}
        before = self.versions()
        self.assertEqual(before, self.versions(**network), "SAM sees it now: docs/account.md need not say how")
        moved = self.versions(code="s3://bucket/another-prefix/key", **network)
        self.assertEqual(set(), set(before.values()) & set(moved.values()))

    def test_what_a_version_names_is_never_replaced_under_another_name(self):
        resources = TEMPLATE["Resources"]
        named = {"AWS::DynamoDB::Table": "TableName", "AWS::SQS::Queue": "QueueName"}
        found = set()
        for function in self.VERSIONED:
            for value in resources[function]["Properties"]["Environment"]["Variables"].values():
                if isinstance(value, dict):
                    name = value["Ref"]
                    found.add(name)
                    kebab = re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()
                    self.assertEqual({"Fn::Sub": "${AWS::StackName}-" + kebab},
                                     resources[name]["Properties"].get(named[resources[name]["Type"]]), name)
        self.assertEqual({"CacheTable", "UploadQueue"}, found)

    def test_no_parameter_or_mapping_is_in_what_a_version_freezes(self):
        def references(node):
            if isinstance(node, list):
                return [found for one in node for found in references(one)]
            if not isinstance(node, dict):
                return []
            found = [node["Ref"]] if "Ref" in node else []
            found += ["a mapping"] if "Fn::FindInMap" in node else []
            text = node.get("Fn::Sub")
            found += re.findall(r"\$\{([\w:.]+)\}", text[0] if isinstance(text, list) else text or "")
            return found + [name for value in node.values() for name in references(value)]

        hidden = {"a mapping", *TEMPLATE["Parameters"]} - self.FROZEN
        for function in self.VERSIONED:
            properties = dict(TEMPLATE["Resources"][function]["Properties"])
            del properties["DeploymentPreference"]  # of how the alias moves, not of the version
            self.assertEqual(set(), hidden.intersection(references(properties)), function)


WITH_EVERYTHING = {
    "HostWithCloudFront": "true", "CheckDatasetSchedule": "rate(1 day)", "AlarmTopicArn": "arn:aws:sns:eu-central-1:123456789012:a",
    "SubnetIds": "subnet-12345678,subnet-23456789", "SecurityGroupIds": "sg-12345678", "RolePath": "/catalogues/",
    "PermissionsBoundaryArn": "arn:aws:iam::123456789012:policy/boundary", "DomainName": "catalogue.example.org",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    "WebAclArn": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/readers/12345678-1234-1234-1234-123456789012",
    "AccessLogBucketName": "our-access-logs",
}


class Names(unittest.TestCase):
    """Two stacks of one name, in two regions of an account."""

    # Their names hold in the whole account, or in all the world.
    GLOBAL = ("AWS::CloudFront::", "AWS::IAM::", "AWS::S3::Bucket")
    LONGEST = {"AWS::CloudFront::Function": 64, "AWS::CloudFront::OriginAccessControl": 64, "AWS::CloudFront::CachePolicy": 128}

    def names(self, region, name="quickpage-index"):
        """Names that the template gives to global resources."""
        def given(properties):
            for key, value in properties.items():
                if key in ("Name", "BucketName", "RoleName", "ManagedPolicyName") and isinstance(value, str):
                    yield value
                elif isinstance(value, dict) and key.endswith("Config"):
                    yield from given(value)
        stack = Stack("prod", region, name=name, **WITH_EVERYTHING)
        return {(logical, r["Type"]): one for logical, r in stack.resources.items()
                if r["Type"].startswith(self.GLOBAL) for one in given(r.get("Properties", {}))}

    def test_none_is_the_same_in_both(self):
        here, there = self.names("eu-central-1"), self.names("us-east-1")
        self.assertEqual({"OriginAccess", "CachePolicy", "PathFunction"}, {logical for logical, _ in here})
        self.assertEqual(set(), set(here.values()) & set(there.values()))

    def test_the_longest_stack_name_in_the_longest_region_fits(self):
        for (logical, kind), name in self.names("ap-northeast-1", "s" * 49).items():
            self.assertLessEqual(len(name), self.LONGEST[kind], logical)

    def test_the_console_is_the_partitions(self):
        for partition, host in (("aws", "console.aws.amazon.com"), ("aws-cn", "console.amazonaws.cn"),
                                ("aws-us-gov", "console.amazonaws-us-gov.com")):
            stack = Stack(partition=partition)
            board = json.loads(stack.of_type("AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"])
            for text in (stack.outputs["DashboardUrl"]["Value"], board["widgets"][0]["properties"]["markdown"]):
                self.assertEqual([host], re.findall(r"https://([^/]*console[^/]*)/", text))

    def test_no_partition_is_written_out(self):
        text = (ROOT / "infrastructure/template.yaml").read_text()
        values = [line for line in text.splitlines()
                  if not re.match(r"\s*(#|AllowedPattern|ConstraintDescription|must be|arn:aws:[a-z0-9]+:us-east-1:123456789012)", line)]
        self.assertEqual([], [line for line in values if re.search(r"arn:aws:|amazonaws\.com/", line)])


class Roles(unittest.TestCase):
    """In staging and prod with everything that a parameter adds."""

    STACK = Stack("prod", **WITH_EVERYTHING)
    # Of these IAM knows no resource, or none that could be named beforehand.
    ON_ANYTHING = {
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
        "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
    }

    def statements(self):
        for name, role in self.STACK.of_type("AWS::IAM::Role").items():
            for policy in role.get("Policies", []):
                yield from ((name, one) for one in policy["PolicyDocument"]["Statement"])
        for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
            for name, policy in self.STACK.of_type(kind).items():
                yield from ((name, one) for one in policy["PolicyDocument"]["Statement"])

    @staticmethod
    def several(oneOrMany):
        return oneOrMany if isinstance(oneOrMany, list) else [oneOrMany]

    def test_each_has_the_boundary_and_the_path_and_sam_makes_none(self):
        roles = self.STACK.of_type("AWS::IAM::Role")
        self.assertCountEqual([name for name, r in TEMPLATE["Resources"].items() if r["Type"] == "AWS::IAM::Role"], roles)
        for name, role in roles.items():
            self.assertEqual((WITH_EVERYTHING["PermissionsBoundaryArn"], "/catalogues/"),
                             (role["PermissionsBoundary"], role["Path"]), name)

    def test_without_these_parameters_there_is_no_boundary_and_the_usual_path(self):
        for name, role in Stack("prod").of_type("AWS::IAM::Role").items():
            self.assertEqual((None, "/"), (role.get("PermissionsBoundary"), role["Path"]), name)

    def test_none_allows_a_wildcard_of_actions_nor_anything_on_everything_that_has_a_name(self):
        for name, statement in self.statements():
            if statement["Effect"] == "Deny":
                continue
            self.assertNotIn("NotAction", statement, name)
            self.assertNotIn("NotResource", statement, name)
            actions = self.several(statement["Action"])
            self.assertEqual([], [action for action in actions if "*" in action], name)
            if "*" in self.several(statement["Resource"]):
                self.assertLessEqual(set(actions), self.ON_ANYTHING, f"{name}: {statement.get('Sid')}")

    def test_one_role_has_a_policy_of_aws_and_it_is_codedeploys(self):
        managed = {name: role["ManagedPolicyArns"] for name, role in self.STACK.of_type("AWS::IAM::Role").items()
                   if role.get("ManagedPolicyArns")}
        codedeploy = managed.pop("CodeDeployRole")
        self.assertEqual(["arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited"], codedeploy)
        self.assertEqual({role: ["<NetworkPolicy>"] for role in ("PlanRole", "BatchRole", "StartRole")}, managed)

    def test_each_is_the_role_of_one_thing(self):
        used = [r["Role"] for r in self.STACK.of_type("AWS::Lambda::Function").values()]
        used += [r["RoleArn"] for r in self.STACK.of_type("AWS::StepFunctions::StateMachine").values()]
        self.assertEqual(len(used), len(set(used)), used)
        groups = self.STACK.of_type("AWS::CodeDeploy::DeploymentGroup").values()
        self.assertEqual({"<CodeDeployRole.Arn>"}, {group["ServiceRoleArn"] for group in groups})

    def test_only_the_service_that_is_meant_may_take_it(self):
        for name, role in self.STACK.of_type("AWS::IAM::Role").items():
            statement, = role["AssumeRolePolicyDocument"]["Statement"]
            service = {"IndexStateMachineRole": "states", "CodeDeployRole": "codedeploy"}.get(name, "lambda")
            self.assertEqual({"Service": f"{service}.amazonaws.com"}, statement["Principal"], name)

    def test_the_arn_of_each_is_an_output(self):
        given = {output["Value"] for output in self.STACK.outputs.values() if str(output["Value"]).endswith("Role.Arn>")}
        self.assertEqual({f"<{role}.Arn>" for role in self.STACK.of_type("AWS::IAM::Role")}, given)

    def test_what_the_functions_own_code_is_denied_is_all_that_the_network_takes(self):
        allowed, denied = self.STACK.of_type("AWS::IAM::ManagedPolicy")["NetworkPolicy"]["PolicyDocument"]["Statement"]
        self.assertEqual(("Allow", "Deny"), (allowed["Effect"], denied["Effect"]))
        self.assertEqual(allowed["Action"], denied["Action"])
        functions = {name.rsplit(":", 1)[1] for name in denied["Condition"]["ArnEquals"]["lambda:SourceFunctionArn"]}
        inside = {f["FunctionName"] for f in self.STACK.of_type("AWS::Lambda::Function").values() if "VpcConfig" in f}
        self.assertEqual({f"quickpage-index-{stage}" for stage in ("plan", "batch", "start")}, inside)
        self.assertEqual(inside, functions)


class Deployer(unittest.TestCase):
    """docs/deployer-policy.json lets deploy what is in the template, and not more roles than that takes."""

    STACK = Stack("prod", name="quickpage-index-prod", **(WITH_EVERYTHING | {"RolePath": "/"}))
    POLICY = json.loads((ROOT / "docs/deployer-policy.json").read_text())
    HERE = "eu-central-1:123456789012"
    # By type: the calls that CloudFormation makes in the deployer's name to create, look at, change and remove one (as in
    # the "handlers" of the type's schema in the CloudFormation registry), and its ARN.
    CALLS = {
        "AWS::CloudFront::CachePolicy": ("cloudfront:CreateCachePolicy GetCachePolicy UpdateCachePolicy DeleteCachePolicy",
            "arn:aws:cloudfront::123456789012:cache-policy/{logical}"),
        "AWS::CloudFront::Distribution": ("cloudfront:CreateDistribution GetDistribution GetDistributionConfig UpdateDistribution "
            "DeleteDistribution TagResource UntagResource ListTagsForResource", "arn:aws:cloudfront::123456789012:distribution/{logical}"),
        "AWS::CloudFront::Function": ("cloudfront:CreateFunction DescribeFunction GetFunction PublishFunction UpdateFunction DeleteFunction",
            "arn:aws:cloudfront::123456789012:function/{Name}"),
        "AWS::CloudFront::OriginAccessControl": ("cloudfront:CreateOriginAccessControl GetOriginAccessControl "
            "UpdateOriginAccessControl DeleteOriginAccessControl", "arn:aws:cloudfront::123456789012:origin-access-control/{logical}"),
        "AWS::CloudWatch::Alarm": ("cloudwatch:PutMetricAlarm DescribeAlarms DeleteAlarms TagResource UntagResource ListTagsForResource",
            f"arn:aws:cloudwatch:{HERE}:alarm:{{AlarmName}}"),
        "AWS::CloudWatch::Dashboard": ("cloudwatch:PutDashboard GetDashboard DeleteDashboards",
            "arn:aws:cloudwatch::123456789012:dashboard/{DashboardName}"),
        "AWS::CodeDeploy::Application": ("codedeploy:CreateApplication GetApplication UpdateApplication DeleteApplication TagResource "
            "ListTagsForResource RegisterApplicationRevision GetApplicationRevision", f"arn:aws:codedeploy:{HERE}:application:{{generated}}"),
        "AWS::CodeDeploy::DeploymentGroup": ("codedeploy:CreateDeploymentGroup GetDeploymentGroup UpdateDeploymentGroup "
            "DeleteDeploymentGroup CreateDeployment GetDeployment StopDeployment", f"arn:aws:codedeploy:{HERE}:deploymentgroup:{{generated}}/{{generated}}"),
        "AWS::DynamoDB::Table": ("dynamodb:CreateTable DescribeTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive "
            "DescribeContinuousBackups UpdateContinuousBackups ListTagsOfResource TagResource UntagResource", f"arn:aws:dynamodb:{HERE}:table/{{TableName}}"),
        "AWS::Events::Rule": ("events:PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule TagResource",
            f"arn:aws:events:{HERE}:rule/{{generated}}"),
        "AWS::IAM::ManagedPolicy": ("iam:CreatePolicy GetPolicy GetPolicyVersion CreatePolicyVersion DeletePolicyVersion "
            "ListPolicyVersions DeletePolicy", "arn:aws:iam::123456789012:policy/{generated}"),
        "AWS::IAM::Policy": ("iam:PutRolePolicy GetRolePolicy DeleteRolePolicy", "arn:aws:iam::123456789012:role/{generated}"),
        "AWS::IAM::Role": ("iam:CreateRole GetRole DeleteRole PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies "
            "ListAttachedRolePolicies UpdateAssumeRolePolicy UpdateRole TagRole UntagRole PutRolePermissionsBoundary",
            "arn:aws:iam::123456789012:role/{generated}"),
        "AWS::Lambda::Alias": ("lambda:CreateAlias GetAlias UpdateAlias DeleteAlias", f"arn:aws:lambda:{HERE}:function:{{function}}"),
        "AWS::Lambda::EventSourceMapping": ("lambda:CreateEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping "
            "DeleteEventSourceMapping", f"arn:aws:lambda:{HERE}:event-source-mapping:1"),
        "AWS::Lambda::Function": ("lambda:CreateFunction GetFunction GetFunctionConfiguration UpdateFunctionCode "
            "UpdateFunctionConfiguration DeleteFunction TagResource UntagResource ListTags PutFunctionRecursionConfig "
            "GetFunctionRecursionConfig", f"arn:aws:lambda:{HERE}:function:{{FunctionName}}"),
        "AWS::Lambda::Version": ("lambda:PublishVersion GetFunctionConfiguration ListVersionsByFunction DeleteFunction",
            f"arn:aws:lambda:{HERE}:function:{{function}}"),
        "AWS::Logs::LogGroup": ("logs:CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource "
            "ListTagsForResource", f"arn:aws:logs:{HERE}:log-group:{{LogGroupName}}"),
        "AWS::S3::Bucket": ("s3:CreateBucket DeleteBucket PutEncryptionConfiguration PutBucketPublicAccessBlock "
            "PutBucketOwnershipControls PutBucketVersioning PutBucketNotification PutLifecycleConfiguration PutBucketTagging",
            "arn:aws:s3:::{generated}"),
        "AWS::S3::BucketPolicy": ("s3:PutBucketPolicy GetBucketPolicy DeleteBucketPolicy", "arn:aws:s3:::{generated}"),
        "AWS::SQS::Queue": ("sqs:CreateQueue GetQueueAttributes SetQueueAttributes DeleteQueue GetQueueUrl TagQueue ListQueueTags",
            f"arn:aws:sqs:{HERE}:{{generated}}"),
        "AWS::SQS::QueuePolicy": ("sqs:SetQueueAttributes GetQueueAttributes", f"arn:aws:sqs:{HERE}:{{generated}}"),
        "AWS::StepFunctions::StateMachine": ("states:CreateStateMachine DescribeStateMachine UpdateStateMachine DeleteStateMachine "
            "TagResource ListTagsForResource", f"arn:aws:states:{HERE}:stateMachine:{{StateMachineName}}"),
    }

    def allowed(self, action, resource, **keys):
        """By a statement whose conditions are met by these values of condition keys, ":" written as "_"."""
        keys = {key.replace("_", ":"): value for key, value in keys.items()}
        def some(patterns, value):
            return any(fnmatch.fnmatchcase(value, pattern) for pattern in Roles.several(patterns))
        for statement in self.POLICY["Statement"]:
            self.assertEqual("Allow", statement["Effect"])
            conditions = [(key, values) for operator in statement.get("Condition", {}).values() for key, values in operator.items()]
            if some(statement["Action"], action) and some(statement["Resource"], resource) and \
                    all(some(values, keys.get(key, "")) for key, values in conditions):
                return True
        return False

    def test_it_allows_what_each_resource_of_the_template_takes(self):
        functions = self.STACK.of_type("AWS::Lambda::Function")
        for logical, resource in self.STACK.resources.items():
            self.assertIn(resource["Type"], self.CALLS, "the calls that this type takes")
            calls, arn = self.CALLS[resource["Type"]]
            given = {"logical": logical, "generated": f"quickpage-index-prod-{logical.lower()}-1a2b3c"}
            given |= {key: value for key, value in resource.get("Properties", {}).items() if isinstance(value, str)}
            given["function"] = functions.get(given.get("FunctionName", "").strip("<>"), {}).get("FunctionName")
            service, names = calls.split(":", 1)
            for name in names.split():
                function = f"arn:aws:lambda:{self.HERE}:function:quickpage-index-prod-start"
                self.assertTrue(self.allowed(f"{service}:{name}", arn.format(**given), lambda_FunctionArn=function),
                                f"{service}:{name} on {arn.format(**given)}")

    def test_it_passes_and_furnishes_the_roles_of_the_template(self):
        trust = {"IndexStateMachineRole": "states", "CodeDeployRole": "codedeploy"}
        for logical, role in self.STACK.of_type("AWS::IAM::Role").items():
            arn = f"arn:aws:iam::123456789012:role/quickpage-index-prod-{logical}-1A2B"
            service = f"{trust.get(logical, 'lambda')}.amazonaws.com"
            self.assertTrue(self.allowed("iam:PassRole", arn, iam_PassedToService=service), logical)
            for policy in role.get("ManagedPolicyArns", []):
                policy = policy.replace("<NetworkPolicy>", "arn:aws:iam::123456789012:policy/quickpage-index-prod-NetworkPolicy-1A2B")
                self.assertTrue(self.allowed("iam:AttachRolePolicy", arn, iam_PolicyARN=policy), policy)

    def test_it_makes_and_passes_nobody_elses_roles_and_no_administrators(self):
        ours, theirs = ("arn:aws:iam::123456789012:role/" + name for name in ("quickpage-index-prod-PlanRole-1A2B", "admin"))
        for action in ("iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole"):
            self.assertFalse(self.allowed(action, theirs), action)
        self.assertFalse(self.allowed("iam:PassRole", theirs, iam_PassedToService="lambda.amazonaws.com"))
        self.assertFalse(self.allowed("iam:PassRole", ours, iam_PassedToService="ec2.amazonaws.com"))
        self.assertFalse(self.allowed("iam:AttachRolePolicy", ours, iam_PolicyARN="arn:aws:iam::aws:policy/AdministratorAccess"))
        for action in ("iam:CreateUser", "iam:CreateAccessKey", "iam:DeleteRolePermissionsBoundary", "sts:AssumeRole"):
            self.assertFalse(self.allowed(action, ours), action)
        self.assertFalse(self.allowed("lambda:UpdateFunctionCode", f"arn:aws:lambda:{self.HERE}:function:payroll"))
        self.assertFalse(self.allowed("lambda:CreateEventSourceMapping", "*", lambda_FunctionArn=f"arn:aws:lambda:{self.HERE}:function:payroll"))

    def test_iam_takes_it(self):
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space does not count.
        self.assertLessEqual(len(re.sub(r"\s", "", json.dumps(self.POLICY))), 6144)


class WithParameters(unittest.TestCase):
    """What there is, and what is not, with which parameters."""

    def test_by_default_nothing_is_in_a_network_nor_bounded_nor_hosted(self):
        stack = Stack("prod")
        self.assertEqual({}, stack.of_type("AWS::IAM::ManagedPolicy") | stack.of_type("AWS::CloudFront::Distribution"))
        self.assertEqual([], [n for n, f in stack.of_type("AWS::Lambda::Function").items() if "VpcConfig" in f])

    def test_the_tables_key_is_the_one_that_costs_nothing(self):
        for table in Stack("prod").of_type("AWS::DynamoDB::Table").values():
            self.assertNotIn("SSESpecification", table)

    def test_without_metrics_there_is_nothing_that_needs_them(self):
        watching = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::Events::Rule")
        every = {name for kind in watching for name in Stack().of_type(kind)}
        without = Stack(Metrics="false")
        left = {name for kind in watching for name in without.of_type(kind)}
        self.assertEqual({"SlowRunAlarm", "UnavailableTypesAlarm", "TokenExpiresAlarm", "UploadsBlockedAlarm", "Dashboard", "TokenRule"}, every - left)
        self.assertNotIn("QuickpageIndex", json.dumps([without.of_type(kind) for kind in watching]))
        self.assertEqual("false", without.of_type("AWS::Lambda::Function")["StartFunction"]["Environment"]["Variables"]["METRICS"])
        machine, = without.of_type("AWS::StepFunctions::StateMachine").values()
        self.assertEqual("false", machine["DefinitionSubstitutions"]["Metrics"])
        self.assertNotIn("DashboardUrl", without.outputs)

    def test_a_dashboard_can_be_left_out_alone(self):
        stack = Stack(ShowDashboard="false")
        self.assertEqual({}, stack.of_type("AWS::CloudWatch::Dashboard"))
        self.assertIn("SlowRunAlarm", stack.of_type("AWS::CloudWatch::Alarm"))

    def test_a_domain_has_its_certificate_and_tls_1_2_at_least(self):
        distribution = Stack(**WITH_EVERYTHING).of_type("AWS::CloudFront::Distribution")["Distribution"]["DistributionConfig"]
        self.assertEqual(["catalogue.example.org"], distribution["Aliases"])
        self.assertEqual({"AcmCertificateArn": WITH_EVERYTHING["CertificateArn"], "SslSupportMethod": "sni-only",
                          "MinimumProtocolVersion": "TLSv1.2_2021"}, distribution["ViewerCertificate"])
        self.assertEqual(WITH_EVERYTHING["WebAclArn"], distribution["WebACLId"])
        self.assertEqual({"Bucket": "our-access-logs.s3.amazonaws.com", "Prefix": "eu-central-1-quickpage-index/"},
                         distribution["Logging"])
        bare = Stack(HostWithCloudFront="true").of_type("AWS::CloudFront::Distribution")["Distribution"]["DistributionConfig"]
        self.assertEqual(set(), {"Aliases", "ViewerCertificate", "WebACLId", "Logging"} & set(bare))

    def test_stacks_may_share_a_cache_policy(self):
        policy = "658327ea-f89d-4fab-a63d-7e88639e58f6"
        stack = Stack(HostWithCloudFront="true", CachePolicyId=policy)
        self.assertEqual({}, stack.of_type("AWS::CloudFront::CachePolicy"))
        distribution = stack.of_type("AWS::CloudFront::Distribution")["Distribution"]["DistributionConfig"]
        self.assertEqual(policy, distribution["DefaultCacheBehavior"]["CachePolicyId"])
        self.assertEqual(policy, stack.outputs["CachePolicyId"]["Value"])


class Paths(unittest.TestCase):
    """The CloudFront function, in Node."""

    def answer(self, uri, prefix="male-cns/"):
        code = TEMPLATE["Resources"]["PathFunction"]["Properties"]["FunctionCode"]["Fn::Sub"]
        code = code.replace("${SitePrefix}", prefix)
        call = f"{code}\nconsole.log(JSON.stringify(handler({{request: {{uri: {json.dumps(uri)}}}}})))"
        return json.loads(subprocess.run(["node", "-e", call], capture_output=True, text=True, check=True).stdout)

    def test_a_readers_path_is_a_key_below_the_prefix(self):
        self.assertEqual("/male-cns/types/LC10a.html", self.answer("/types/LC10a.html")["uri"])
        self.assertEqual("/types/5-HTPLP01%20L.html", self.answer("/types/5-HTPLP01%20L.html", "")["uri"])

    def test_a_plain_plus_is_one_and_no_space(self):
        self.assertEqual("/male-cns/types/VP1m%2BVP5_ilPN.html", self.answer("/types/VP1m+VP5_ilPN.html")["uri"])
        self.assertEqual("/male-cns/types/a%2Bb%2Bc%20d.html", self.answer("/types/a+b%2Bc%20d.html")["uri"])

    def test_a_folder_is_its_index(self):
        self.assertEqual("/male-cns/index.html", self.answer("/")["uri"])
        self.assertEqual("/male-cns/types/index.html", self.answer("/types/")["uri"])

    def test_no_path_is_the_bucket_itself_which_would_be_listed(self):
        for uri in ("/", "//", "/./", "/.."):
            for prefix in ("", "male-cns/"):
                answer = self.answer(uri, prefix)
                self.assertRegex(answer.get("uri", "/key"), "^/.*[^/]", f"{uri!r} with {prefix!r}")

    def test_what_runs_keep_is_not_found_however_it_is_spelled(self):
        for uri in ("/.quickpage-index/published/state.json", "/%2Equickpage-index/runs/x/report.json",
                    "/.quickpage%2Dindex%2Fruns/x", "/a/.quickpage-index/x"):
            self.assertEqual(404, self.answer(uri).get("statusCode"), uri)

    def test_a_broken_escape_is_a_bad_request(self):
        self.assertEqual(400, self.answer("/%zz")["statusCode"])


class Configurations(unittest.TestCase):
    """samconfig.toml: what a deployment of each stage says is what the template takes."""

    CONFIG = tomllib.loads((ROOT / "samconfig.toml").read_text())

    def test_there_is_one_for_each_stage(self):
        stages = TEMPLATE["Parameters"]["Stage"]["AllowedValues"]
        found = [name for name in self.CONFIG if name != "version"]
        self.assertCountEqual(["default" if stage == "dev" else stage for stage in stages], found)
        names = [self.CONFIG[name]["deploy"]["parameters"]["stack_name"] for name in found]
        self.assertEqual(len(names), len(set(names)), names)

    def test_each_deploys_the_template_with_parameters_that_it_takes(self):
        for name in ("default", "staging", "prod"):
            config = self.CONFIG[name]
            self.assertTrue((ROOT / config["global"]["parameters"]["template_file"]).samefile(ROOT / "infrastructure/template.yaml"))
            given = dict(pair.split("=", 1) for pair in config["deploy"]["parameters"]["parameter_overrides"])
            self.assertEqual("dev" if name == "default" else name, given["Stage"])
            self.assertLessEqual(len(config["deploy"]["parameters"]["stack_name"]), 49, name)
            needed = {key for key, parameter in TEMPLATE["Parameters"].items() if "Default" not in parameter}
            self.assertLessEqual(needed, set(given), name)
            for key, value in given.items():
                self.assertTrue(taken(TEMPLATE["Parameters"][key], value), f"{name}: {key}={value}")

    def test_what_the_template_refuses_is_found(self):
        for key, value in (("Stage", "test"), ("QuietSeconds", "5"), ("SlowRunSeconds", "9"), ("SlowRunSeconds", "x"),
                           ("NeuPrintServer", "neuprint.janelia.org"), ("LogRetentionDays", "31")):
            self.assertFalse(taken(TEMPLATE["Parameters"][key], value), f"{key}={value}")


def taken(parameter, value):
    """Whether CloudFormation would take the value."""
    if parameter["Type"] == "Number":
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            return False
        value = float(value)
        if not parameter.get("MinValue", value) <= value <= parameter.get("MaxValue", value):
            return False
    elif not re.fullmatch(parameter.get("AllowedPattern", ".*"), value) or len(value) > parameter.get("MaxLength", len(value)):
        return False
    return value in parameter.get("AllowedValues", [value])


class Parameters(unittest.TestCase):
    TAKEN = {
        "NeuPrintServer": ["https://neuprint.janelia.org", "https://np.example.org:8443/", "http://127.0.0.1:7474",
                           "http://host.docker.internal:9000", "http://10.0.0.1", "http://172.16.0.1",
                           "http://172.31.255.254:7474", "http://192.168.0.1"],
        "NeuPrintDataset": ["male-cns:v0.9", "hemibrain:v1.2.1", "manc"],
        "NeuPrintTokenSecretName": ["", "quickpage-index/neuprint-token", "token"],
        "NeuPrintAuthoritiesSecretName": ["", "quickpage-index/authorities"],
        "Contact": ["", "Jane Doe <jane@example.org>", "Ärztin, +49 1"],
        "SiteBucketName": ["", "my-site", "a.b.c"],
        "SitePrefix": ["", "male-cns/", "a/b.c/"],
        "CheckDatasetSchedule": ["", "rate(1 day)", "rate(12 hours)", "cron(0 5 * * ? *)"],
        "AlarmTopicArn": ["", "arn:aws:sns:eu-central-1:123456789012:alarms"],
        "QuietSeconds": ["10", "60", "99", "100", "900"],
        "MaxConcurrency": ["1", "9", "10", "40"],
        "KeepRunsDays": ["1", "30", "999", "1000", "3650"],
        "DomainName": ["", "catalogue.example.org", "a.io"],
        "CertificateArn": ["", WITH_EVERYTHING["CertificateArn"]],
        "WebAclArn": ["", WITH_EVERYTHING["WebAclArn"]],
        "AccessLogBucketName": ["", "my-logs"],
        "CachePolicyId": ["", "658327ea-f89d-4fab-a63d-7e88639e58f6"],
        "SubnetIds": ["", "subnet-12345678", "subnet-12345678,subnet-0123456789abcdef0"],
        "SecurityGroupIds": ["", "sg-12345678", "sg-12345678,sg-0123456789abcdef0"],
        "PermissionsBoundaryArn": ["", "arn:aws:iam::123456789012:policy/a/boundary", "arn:aws-cn:iam::aws:policy/X"],
        "RolePath": ["/", "/a/", "/a/b-c/"],
        "IgnorePages": ["google*.html", "draft-?.html, *.tmp.html", "[0-9]*.html"],
        "Facets": ["", "cellBodyFiber=Cell body fiber", "a=A, b_2=Second (b)", "a=A,_b=Ganglion cell 'x'"],
        "PageTitle": ["", "Neurons of my fly (v1), 95 %", "Ä & <b>"],
        "PageLinks": ["", "Lab=https://lab.example.org/?a=b%20c", "Our lab=lab.html, Methods=docs/methods.html#a"],
        "AnalyticsScript": ["", "https://stats.example.org/count.js", "https://a.example:8443/@b/c~d.js"],
    }
    REFUSED = {
        "NeuPrintServer": ["", "neuprint.janelia.org", "http://neuprint.janelia.org", "https://me:pw@host", "https://a/?q",
                           "http://172.67.1.1", "http://172.32.0.1", "http://172.15.0.1", "http://172.160.0.1"],
        "NeuPrintDataset": ["", "male cns", 'x"y', "a:b:c"],
        "NeuPrintTokenSecretName": ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:x-AbCdEf", "a b"],
        "NeuPrintAuthoritiesSecretName": ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:x-AbCdEf", "a b"],
        "Contact": ['say "hi"', "{% $x %}", "a\nb", "*/ RETURN 1"],
        "SiteBucketName": ["arn:aws:s3:::x", "My-Site", "x"],
        "SitePrefix": ["/a/", "a", "a*/", ".quickpage-index/", "a/.quickpage-index/"],
        "CheckDatasetSchedule": ["daily", "rate(1 days)", "rate(0 days)", "rate(2 day)"],
        "AlarmTopicArn": ["alarms", "arn:aws:sqs:eu-central-1:123456789012:x"],
        "QuietSeconds": ["", "60.5", "60.0", "9", "901", "060", "-60", "+60", "6e1", " 60", "60 s"],
        "MaxConcurrency": ["", "2.5", "0", "41", "01", "many"],
        "KeepRunsDays": ["", "30.5", "0", "3651", "030", "-1"],
        "DomainName": ["https://catalogue.example.org", "localhost", "Catalogue.example.org", "*.example.org", "a.b/"],
        "CertificateArn": [WITH_EVERYTHING["CertificateArn"].replace("us-east-1", "eu-central-1"), "x"],
        "WebAclArn": [WITH_EVERYTHING["WebAclArn"].replace("global", "regional"), "x"],
        "AccessLogBucketName": ["my-logs.s3.amazonaws.com/x", "arn:aws:s3:::x"],
        "CachePolicyId": ["Managed-CachingOptimized"],
        "SubnetIds": ["subnet-12345678, subnet-23456789", "sg-12345678", "subnet-1"],
        "SecurityGroupIds": ["sg-12345678,", "default"],
        "PermissionsBoundaryArn": ["boundary", "arn:aws:iam::123456789012:role/x"],
        "RolePath": ["", "a/", "/a", "//"],
        "IgnorePages": ["", "types/*.html", 'a"b', "{% $x %}", "${x}"],
        "Facets": ["a", "=A", "a=", "a b=A", "2a=A", "a=A,", 'a="A"', "a={% $x %}", "a=${x}", "a=A,b", "a-b=A"],
        "PageTitle": [" ", 'say "hi"', "{% $x %}", "${x}", "a\nb", "t" * 201],
        "PageLinks": ["Lab", "=a.html", "Lab=", "Lab=a.html,", "a=b,c", "{% $x %}=a", "a=${x}", ",".join(["a=b"] * 13)],
        "AnalyticsScript": ["http://stats.example.org/a.js", "https://stats.example.org/a.js?b", "https://a/b,c.js",
                            "https://a/b;c.js", "https://me@a.example/b.js", "a.js", "https://a/b c.js"],
    }
    WHOLE = {"QuietSeconds": (10, 900), "MaxConcurrency": (1, 40), "KeepRunsDays": (1, 3650)}

    def test_patterns_take_what_works_and_nothing_else(self):
        for takes, values in ((True, self.TAKEN), (False, self.REFUSED)):
            for name, examples in values.items():
                for value in examples:
                    found = re.fullmatch(TEMPLATE["Parameters"][name]["AllowedPattern"], value) is not None
                    self.assertEqual(takes, found, f"{name}: {value!r}")

    def test_whole_numbers_are_taken_in_exactly_the_range_that_the_sentence_says(self):
        for name, (least, most) in self.WHOLE.items():
            parameter = TEMPLATE["Parameters"][name]
            taken = [n for n in range(-10, 100_000) if re.fullmatch(parameter["AllowedPattern"], str(n))]
            self.assertEqual(list(range(least, most + 1)), taken, name)
            self.assertRegex(parameter["Default"], parameter["AllowedPattern"], name)
            self.assertIn(f"from {least} to {most}", parameter["ConstraintDescription"], name)

    def test_each_is_grouped_named_explained_and_says_what_it_must_be(self):
        interface = TEMPLATE["Metadata"]["AWS::CloudFormation::Interface"]
        grouped = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]
        self.assertCountEqual(TEMPLATE["Parameters"], grouped)
        self.assertCountEqual(TEMPLATE["Parameters"], interface["ParameterLabels"])
        for name, parameter in TEMPLATE["Parameters"].items():
            self.assertRegex(parameter["Description"], r"\.$", name)
            self.assertRegex(parameter["ConstraintDescription"], r"^must be .+\.$", name)

    @staticmethod
    def refused(**values):
        """The rules that such a stack breaks."""
        values = {name: parameter.get("Default", "x") for name, parameter in TEMPLATE["Parameters"].items()} | values

        def holds(test):
            (operator, argument), = test.items()
            if operator == "Fn::Not":
                return not holds(argument[0])
            left, right = (values[x["Ref"]] if isinstance(x, dict) else x for x in argument)
            return left == right

        return [name for name, rule in TEMPLATE["Rules"].items()
                if holds(rule["RuleCondition"]) and not all(holds(a["Assert"]) for a in rule["Assertions"])]

    def test_what_does_not_go_together_is_refused(self):
        everything = {key: WITH_EVERYTHING[key] for key in WITH_EVERYTHING}
        self.assertEqual([], self.refused())
        self.assertEqual([], self.refused(**everything))
        self.assertEqual(["CloudFrontNeedsOwnBucket"], self.refused(HostWithCloudFront="true", SiteBucketName="my-site"))
        self.assertEqual([], self.refused(SiteBucketName="my-site"))
        for name in ("DomainName", "WebAclArn", "AccessLogBucketName"):
            self.assertIn("WhatCloudFrontDoesNeedsCloudFront", self.refused(**{name: everything[name]}), name)
        for missing, rule in (("CertificateArn", "DomainNeedsCertificate"), ("DomainName", "CertificateNeedsDomain"),
                              ("SecurityGroupIds", "SubnetsNeedSecurityGroups"), ("SubnetIds", "SecurityGroupsNeedSubnets")):
            self.assertEqual([rule], self.refused(**(everything | {missing: ""})), missing)

    def test_every_rule_says_why_it_refuses(self):
        for name, rule in TEMPLATE["Rules"].items():
            for assertion in rule["Assertions"]:
                self.assertRegex(assertion["AssertDescription"], r"\.$", name)


if __name__ == "__main__":
    unittest.main()
