"""What the template holds that is code: the hook before traffic, the paths of CloudFront, the rules for parameters, and
what SAM's translator makes of a changed number.

Run by .ci/template, in its virtual environment. Needs Node for the paths.
"""

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

from deployed_template import deployed, source

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

    def versions(self, change=lambda resources: None):
        """Logical IDs of the versions, by function; CloudFormation publishes one for each ID that is new."""
        template = source()
        change(template["Resources"])
        resources = deployed(template, "prod")["Resources"]
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

        hidden = {"a mapping", *TEMPLATE["Parameters"]}
        for function in self.VERSIONED:
            properties = dict(TEMPLATE["Resources"][function]["Properties"])
            del properties["DeploymentPreference"]  # of how the alias moves, not of the version
            self.assertEqual(set(), hidden.intersection(references(properties)), function)


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
        "IgnorePages": ["google*.html", "draft-?.html, *.tmp.html", "[0-9]*.html"],
        "Facets": ["", "cellBodyFiber=Cell body fiber", "a=A, b_2=Second (b)", "a=A,_b=Ganglion cell 'x'"],
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
        "IgnorePages": ["", "types/*.html", 'a"b', "{% $x %}", "${x}"],
        "Facets": ["a", "=A", "a=", "a b=A", "2a=A", "a=A,", 'a="A"', "a={% $x %}", "a=${x}", "a=A,b", "a-b=A"],
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

    def test_cloudfront_for_a_bucket_of_someone_else_is_refused_with_a_sentence(self):
        rule = TEMPLATE["Rules"]["CloudFrontNeedsOwnBucket"]

        def holds(condition, values):
            (left, right) = (values[x["Ref"]] if isinstance(x, dict) else x for x in condition["Fn::Equals"])
            return left == right

        def refused(**values):
            return holds(rule["RuleCondition"], values) and not all(holds(a["Assert"], values) for a in rule["Assertions"])

        self.assertTrue(refused(HostWithCloudFront="true", SiteBucketName="my-site"))
        self.assertFalse(refused(HostWithCloudFront="true", SiteBucketName=""))
        self.assertFalse(refused(HostWithCloudFront="false", SiteBucketName="my-site"))
        self.assertRegex(rule["Assertions"][0]["AssertDescription"], r"\.$")


if __name__ == "__main__":
    unittest.main()
