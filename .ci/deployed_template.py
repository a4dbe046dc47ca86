"""The template as the SAM transform leaves it, with SAM's own translator. Used in .ci/template's virtual environment."""

import logging
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


def deployed(template, stage):
    """What CloudFormation makes a stack of; the template that is given is used up."""
    logging.disable(logging.WARNING)
    for resource in template["Resources"].values():
        for path in ("CodeUri", "DefinitionUri"):
            if path in resource.get("Properties", {}):
                resource["Properties"][path] = "s3://bucket/key"
    values = {name: given.get("Default", "") for name, given in template["Parameters"].items()}
    values["Stage"] = stage
    return transform(template, values, NoManagedPolicies(), passthrough_metadata=True)
