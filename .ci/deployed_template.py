"""The template as the SAM transform leaves it, with SAM's own translator, and as CloudFormation then reads it. Used in
.ci/template's virtual environment."""

import logging
import re
from pathlib import Path

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

ROOT = Path(__file__).resolve().parent.parent


class NoManagedPolicies:
    def load(self):
        return {}


def source():
    """The template as it is written."""
    return yaml_parse((ROOT / "infrastructure/template.yaml").read_text())


def deployed(template, stage, code="s3://bucket/key", **parameters):
    """What CloudFormation makes a stack of; the template that is given is used up."""
    logging.disable(logging.WARNING)
    for resource in template["Resources"].values():
        for path in ("CodeUri", "DefinitionUri"):
            if path in resource.get("Properties", {}):
                resource["Properties"][path] = code
    return transform(template, values(template, stage, **parameters), NoManagedPolicies(), passthrough_metadata=True)


def values(template, stage, **parameters):
    """The parameters of a stack, defaults included."""
    of_all = {name: given.get("Default", "") for name, given in template["Parameters"].items()}
    return of_all | {"Stage": stage} | parameters


class Stack:
    """What is in a stack with certain parameters: resources and outputs whose conditions hold, their values filled in.

    An ID or attribute that AWS would give is <logical ID> or <logical ID.attribute>.
    """

    NOTHING = object()

    def __init__(self, stage="dev", region="eu-central-1", partition="aws", name="quickpage-index", **parameters):
        self.parameters = values(source(), stage, **parameters)
        self.template = deployed(source(), stage, **parameters)
        suffix = {"aws-cn": "amazonaws.com.cn"}.get(partition, "amazonaws.com")
        self.pseudo = {"AWS::Region": region, "AWS::Partition": partition, "AWS::StackName": name,
                       "AWS::AccountId": "123456789012", "AWS::URLSuffix": suffix, "AWS::NoValue": self.NOTHING}
        self.resources = self._with_conditions("Resources")
        self.outputs = self._with_conditions("Outputs")

    def of_type(self, kind):
        """Properties by logical ID."""
        return {name: r.get("Properties", {}) for name, r in self.resources.items() if r["Type"] == kind}

    def _with_conditions(self, section):
        return {name: self._filled(one) for name, one in self.template[section].items()
                if "Condition" not in one or self._holds(one["Condition"])}

    def _holds(self, test):
        if isinstance(test, str):
            return self._holds(self.template["Conditions"][test])
        (operator, argument), = test.items()
        return {
            "Condition": lambda: self._holds(argument),
            "Fn::And": lambda: all(self._holds(one) for one in argument),
            "Fn::Not": lambda: not self._holds(argument[0]),
            "Fn::Equals": lambda: self._filled(argument[0]) == self._filled(argument[1]),
        }[operator]()

    def _filled(self, node):
        if isinstance(node, list):
            return [one for one in map(self._filled, node) if one is not self.NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (function, argument), = node.items()
            if function == "Ref":
                return self._reference(argument)
            if function.startswith("Fn::"):
                return self._call(function, argument)
        filled = {key: self._filled(value) for key, value in node.items()}
        return {key: value for key, value in filled.items() if value is not self.NOTHING}

    def _reference(self, name):
        return {**self.parameters, **self.pseudo}.get(name, f"<{name}>")

    def _call(self, function, argument):
        if function == "Fn::If":
            return self._filled(argument[1 if self._holds(argument[0]) else 2])
        if function == "Fn::GetAtt":
            return f"<{argument if isinstance(argument, str) else '.'.join(argument)}>"
        if function == "Fn::Join":
            return argument[0].join(map(str, self._filled(argument[1])))
        if function == "Fn::Split":
            return self._filled(argument[1]).split(argument[0])
        if function == "Fn::FindInMap":
            first, *keys = argument
            found = self.template["Mappings"][first]
            for key in keys:
                found = found[self._filled(key)]
            return found
        if function == "Fn::Sub":
            text, own = argument if isinstance(argument, list) else (argument, {})
            own = self._filled(own)
            return re.sub(r"\$\{([\w:.]+)\}", lambda hole: str(own.get(hole[1], self._reference(hole[1]))), text)
        raise ValueError(f"{function} is not known here")
