#!/usr/bin/env python3
"""Keeps the modules' READMEs true: the tables of inputs and outputs are those of the code, the tests they name exist.

readme.py write|check [MODULE...]   rewrites the tables between "<!-- inputs -->" and "<!-- end -->" (outputs likewise),
or says what differs and exits 1. A test is named like `structure.tftest.hcl: open_private_and_hardened` or
`lifecycle.py: only_these_ports_are_open` and must be found in the module's tests/.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent


def blocks(text, kind):
    """(name, body) of each block of that kind; the modules are formatted, so a block ends at the first bare brace."""
    return re.findall(rf'^{kind} "(\w+)" {{\n(.*?)^}}', text, re.MULTILINE | re.DOTALL)


def attribute(body, name):
    found = re.search(rf"^  {name}\s+= (.*?)(?=^  \w|^\n|\Z)", body, re.MULTILINE | re.DOTALL)
    return " ".join(found[1].split()) if found else None


def description(body):
    return attribute(body, "description").strip('"').replace('\\"', '"').replace("|", "\\|")


def inputs_table(module):
    rows = ["| Input | Type | Default | |", "|---|---|---|---|"]
    for name, body in blocks((module / "variables.tf").read_text(), "variable"):
        default = attribute(body, "default")
        rows.append(f"| `{name}` | `{attribute(body, 'type')}` | {'required' if default is None else f'`{default}`'} | {description(body)} |")
    return "\n".join(rows)


def outputs_table(module):
    rows = ["| Output | |", "|---|---|"]
    rows += [f"| `{name}` | {description(body)} |" for name, body in blocks((module / "outputs.tf").read_text(), "output")]
    return "\n".join(rows)


def replaced(text, marker, table):
    return re.sub(rf"(<!-- {marker} -->\n).*?(<!-- end -->)", lambda m: f"{m[1]}{table}\n{m[2]}", text, flags=re.DOTALL)


def missing_tests(module, text):
    for file, name in re.findall(r"`([\w.-]+\.(?:hcl|py)): (\w+)`", text):
        found = list(module.glob(f"tests/**/{file}"))
        if not any(re.search(rf'(run "{name}"|def {name}\()', f.read_text()) for f in found):
            yield f"{file}: {name}"


def main(mode, *names):
    wrong = 0
    for readme in sorted(HERE.glob("*/README.md")):
        module = readme.parent
        if names and module.name not in names:
            continue
        old = readme.read_text()
        new = replaced(replaced(old, "inputs", inputs_table(module)), "outputs", outputs_table(module))
        if mode == "write":
            readme.write_text(new)
        elif new != old:
            print(f"{module.name}/README.md: the tables are not those of the code; run terraform-modules/readme.py write")
            wrong = 1
        for test in missing_tests(module, new):
            print(f"{module.name}/README.md names a test that is not there: {test}")
            wrong = 1
    sys.exit(wrong)


if __name__ == "__main__":
    main(*sys.argv[1:] or ["check"])
