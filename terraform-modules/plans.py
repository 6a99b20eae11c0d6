#!/usr/bin/env python3
"""Compares what the modules plan with what is recorded, so that no change of a plan goes unseen in a review.

plans.py write|check [MODULE...]   plans the runs of MODULE/tests/plans/plan.tftest.hcl offline, with the real provider, and
writes their resources and outputs to plans.json beside it, or says what differs and exits 1. Values that are known after an
apply only are "(known after apply)"; moments are counted from the first of a plan in minutes, as "T+125m".
"""

import datetime
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TERRAFORM = os.environ.get("TERRAFORM", "terraform")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
UNKNOWN = "(known after apply)"


def moments(text):
    """Minutes since the earliest time of a plan: two times that are read one after the other may differ by a second."""
    found = [datetime.datetime.fromisoformat(moment) for moment in MOMENT.findall(text)]
    return MOMENT.sub(lambda m: f"T+{round((datetime.datetime.fromisoformat(m[0]) - min(found)).total_seconds() / 60)}m", text)


def known(value, unknown):
    if unknown is True:
        return UNKNOWN
    if isinstance(value, dict):
        unknown = unknown if isinstance(unknown, dict) else {}
        merged = {key: known(value.get(key), unknown.get(key)) for key in sorted({*value, *unknown})}
        return {key: item for key, item in merged.items() if item is not None and key != "tags_all"}
    if isinstance(value, list):
        flags = unknown if isinstance(unknown, list) else []
        return [known(item, flags[i] if i < len(flags) else None) for i, item in enumerate(value)]
    if isinstance(value, str) and value.startswith(("{", "[")):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value


def of_plan(plan):
    resources = {}
    for change in plan.get("resource_changes", []):
        if change["mode"] == "managed":
            resources[change["address"]] = known(change["change"]["after"], change["change"]["after_unknown"])
    outputs = {name: known(o.get("after"), o.get("after_unknown")) for name, o in sorted(plan.get("output_changes", {}).items())}
    return {"resources": resources, "outputs": outputs}


def planned(module):
    """The plans of a module's runs by name. Exits with what Terraform said when one fails."""
    done = subprocess.run(
        [TERRAFORM, "test", "-json", "-verbose", "-test-directory=tests/plans"],
        cwd=module, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0:
        raise RuntimeError("\n".join(e.get("diagnostic", {}).get("summary", "") + " " + e.get("diagnostic", {}).get("detail", "")
                                     for e in events if e["type"] == "diagnostic") or done.stdout)
    plans = {e["@testrun"]: json.loads(moments(json.dumps(of_plan(e["test_plan"])))) for e in events if e["type"] == "test_plan"}
    return json.dumps(plans, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main(mode, *names):
    wrong = 0
    for recorded in sorted(HERE.glob("*/tests/plans")):
        module, file = recorded.parents[1], recorded / "plans.json"
        if names and module.name not in names:
            continue
        try:
            now = planned(module)
        except RuntimeError as failure:
            print(f"{module.name} cannot be planned: {failure}")
            wrong = 1
            continue
        if mode == "write":
            file.write_text(now)
        elif now != file.read_text():
            print(f"{module.name} plans something else than recorded. If that is what you want: terraform-modules/plans.py write")
            print("\n".join(difflib.unified_diff(file.read_text().splitlines(), now.splitlines(), "recorded", "planned", lineterm="", n=2)))
            wrong = 1
    sys.exit(wrong)


if __name__ == "__main__":
    main(*sys.argv[1:] or ["check"])
