"""Checks a FHIR bundle with PyPI's fhir.resources (R4B, which R4's resources used here are a part of).

Usage: python check-bundle.py BUNDLE
"""

import json
import sys
from importlib import import_module

from fhir.resources.R4B.bundle import Bundle

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
bundle = json.loads(text)
faults = 0
for entry in bundle["entry"]:
    kind = entry["resource"]["resourceType"]
    model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    try:
        model.model_validate(entry["resource"])
    except ValueError as error:
        faults += 1
        print(f"{kind}/{entry['resource']['id']}: {error}")
Bundle.model_validate_json(text)
print(f"{len(bundle['entry'])} entries, {faults} faults")
sys.exit(1 if faults else 0)
