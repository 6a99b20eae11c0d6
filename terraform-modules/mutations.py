#!/usr/bin/env python3
"""Breaks the modules in every way that its rules find, one way at a time, and sees that a test turns red.

mutations.py [--all] [--seed N] [--seconds N] [--jobs N] [--list] [WORD...]   run by `test.sh mutations`

A mutant is a copy of a module with one change that a rule made in its code: a block or a security setting left out, a switch
turned, a Deny that allows, a resource that is every resource, a condition left out, a group that is every address. It must fail
`plans.py check`, or else one of the module's offline tests. Without --all, mutants are drawn by a seed, which is printed,
until --seconds (300) have passed. WORD chooses mutants whose line has all the words.
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TERRAFORM = os.environ.get("TERRAFORM", "terraform")

# Blocks that only say where a module comes from, or what a caller reads.
KEPT = r"terraform|required_providers|variable|output|locals|provider|moved"
# Settings without which nothing fails and something is no longer safe.
SETTINGS = r"""kms_key_id|kms_key_arn|kms_master_key_id|alarm_actions|ok_actions|permissions_boundary|skip_destroy
|policy|retention_in_days|message_retention_seconds|treat_missing_data|deletion_window_in_days|path|for_each|count|tags|key_usage
|instance_initiated_shutdown_behavior|user_data|iam_instance_profile|ignore_changes|vpc_security_group_ids|security_groups|security_group_ids"""
# What a value may become that is worse.
WORSE = [
    (r'= "required"', '= "optional"'), (r'= "Enabled"', '= "Suspended"'), (r'= "non-blocking"', '= "blocking"'),
    (r'= "terminate"', '= "stop"'), (r'= "breaching"', '= "notBreaching"'), (r'= "notBreaching"', '= "breaching"'),
    (r'= "BucketOwnerEnforced"', '= "ObjectWriter"'), (r'"GreaterThanThreshold"', '"LessThanThreshold"'),
    (r'= "ALL"', '= "REJECT"'), (r'= "OFF"', '= "FLEXIBLE"'), (r'"Bool"', '"BoolIfExists"'),
    (r'"StringEquals"', '"StringNotEquals"'), (r'"ArnLike"', '"ArnNotLike"'), (r"\bStringEquals\b(?= = )", "StringNotEquals"),
    (r"\bArnEquals\b(?= = )", "ArnNotEquals"), (r"\bBoolIfExists\b(?= = )", "Null"),
    (r"(effect|Effect)( +)= \"Deny\"", r'\1\2= "Allow"'), (r"(effect|Effect)( +)= \"Allow\"", r'\1\2= "Deny"'),
]


class Mutant:
    def __init__(self, module, file, line, what, text):
        self.module, self.file, self.line, self.what, self.text = module, file, line, what, text

    def __str__(self):
        return f"{self.module}/{self.file}:{self.line}: {self.what}"


def spans(lines):
    """(kind, first line, last line) of each block, whose braces stand at the end of a line and alone, as fmt writes them."""
    open_blocks = []
    for number, line in enumerate(lines):
        begun = re.match(r"^( *)([a-z_]+)( \"[^\"]*\")* \{$", line)
        if begun:
            open_blocks.append((begun[1], begun[2], number))
        elif open_blocks and line == open_blocks[-1][0] + "}":
            _, kind, first = open_blocks.pop()
            yield kind, first, number


def last_line_of(lines, first):
    """The last line of the attribute that begins here: where its brackets are closed."""
    depth = 0
    for number in range(first, len(lines)):
        bare = re.sub(r'"(\\.|[^"\\])*"|#.*', "", lines[number])
        depth += sum(bare.count(c) for c in "([{") - sum(bare.count(c) for c in ")]}")
        if depth <= 0:
            return number
    return first


def without(lines, first, last):
    return lines[:first] + lines[last + 1:]


def replaced(lines, number, line):
    return lines[:number] + [line] + lines[number + 1:]


def of_blocks(lines):
    for kind, first, last in spans(lines):
        if not re.fullmatch(KEPT, kind):
            name = " ".join(lines[first].split()[:-1])
            yield first, f"no {name}", without(lines, first, last)


def of_settings(lines):
    settings = "".join(SETTINGS.split())
    for number, line in enumerate(lines):
        found = re.match(rf"^ +({settings}) += ", line)
        if found and (number == 0 or not lines[number - 1].startswith("variable")):
            yield number, f"no {found[1]}", without(lines, number, last_line_of(lines, number))


def of_values(lines):
    for number, line in enumerate(lines):
        code = line.split(" #")[0]
        if re.match(r"^ *(#|description|error_message|alarm_description)", code):
            continue
        for pattern, worse in WORSE:
            if re.search(pattern, code):
                changed = re.sub(pattern, worse, line, count=1)
                yield number, f"{line.strip()} becomes {changed.strip()}", replaced(lines, number, changed)
        turned = re.match(r"^( +\w+ +=) (true|false)\b(.*)$", line)
        if turned:
            changed = f"{turned[1]} {'false' if turned[2] == 'true' else 'true'}{turned[3]}"
            yield number, f"{line.strip()} is turned", replaced(lines, number, changed)
        listed = re.match(r"^( +(?:ignore_changes|not_actions|actions|Action) += \[)(.*,.*)\]", line)
        if listed:
            items = listed[2].split(", ")
            for item in items:
                left = f"{listed[1]}{', '.join(i for i in items if i != item)}]"
                yield number, f"{item} left out of {listed[1].split()[0]}", replaced(lines, number, left)


def of_reach(lines):
    """Every resource, every address, every port, every principal."""
    for number, line in enumerate(lines):
        last = last_line_of(lines, number)
        for pattern, every in ((r"^( +)resources( +)= (?!\[\"\*\"\])", '["*"]'), (r"^( +)Resource( +)= ", '"*"'),
                               (r"^( +)identifiers( +)= (?!\[\"\*\"\])", '["*"]'), (r"^( +)values( +)= ", '["*"]'),
                               (r"^( +)cidr_ipv4( +)= (?!\"0\.0\.0\.0/0\")", '"0.0.0.0/0"'), (r"^( +)from_port( +)= ", "0"),
                               (r"^( +)to_port( +)= ", "65535"), (r"^( +)ip_protocol( +)= ", '"udp"')):
            found = re.match(pattern, line)
            if found:
                key = line.split()[0]
                yield number, f"{key} is {every}", lines[:number] + [f"{found[1]}{key}{found[2]}= {every}"] + lines[last + 1:]
        group = re.match(r"^( +)referenced_security_group_id( +)= ", line)
        if group:
            yield number, "any address instead of a group", replaced(lines, number, f'{group[1]}cidr_ipv4 = "0.0.0.0/0"')
        bound = re.match(r"^( +)Condition( +)= ", line)
        if bound:
            yield number, "no Condition", without(lines, number, last)


def mutants():
    for path in sorted(HERE.glob("*/*.tf")):
        if path.name in ("versions.tf", "outputs.tf"):
            continue
        lines = path.read_text().split("\n")
        seen = set()
        for rule in (of_blocks, of_settings, of_values, of_reach):
            for number, what, changed in rule(lines):
                text = "\n".join(changed)
                if text not in seen:
                    seen.add(text)
                    yield Mutant(path.parent.name, path.name, number + 1, what, text)


class Workshop:
    """A copy of the modules, in which one mutant after another is tried."""

    def __init__(self, scratch, number):
        self.modules = pathlib.Path(scratch) / str(number) / "terraform-modules"
        shutil.copytree(HERE, self.modules, ignore=shutil.ignore_patterns(".terraform", "*.tfstate*"))
        self.ready = set()

    def run(self, module, *command):
        done = subprocess.run(command, cwd=self.modules / module, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode == 0, done.stdout

    def init(self, module):
        if module not in self.ready:
            passed, said = self.run(module, TERRAFORM, "init", "-backend=false", "-input=false", "-no-color")
            if not passed:
                sys.exit(f"mutations.py: {module} cannot be initialised:\n{said}")
            passed, said = self.plans(module)
            if not passed:
                sys.exit(f"mutations.py: {module} fails as it is:\n{said}")
            self.ready.add(module)

    def plans(self, module):
        return self.run(module, sys.executable, str(self.modules / "plans.py"), "check", module)

    def killer(self, mutant):
        """The test that the mutant turns red; None when it survives."""
        self.init(mutant.module)
        file = self.modules / mutant.module / mutant.file
        original = file.read_text()
        file.write_text(mutant.text)
        try:
            if not self.plans(mutant.module)[0]:
                return "plans.py"
            for test in self.tests(mutant.module):
                if not self.run(mutant.module, TERRAFORM, "test", "-no-color", f"-filter=tests/{test}")[0]:
                    return test
            return None
        finally:
            file.write_text(original)

    def tests(self, module):
        """Those that find the most first."""
        order = ["skeleton", "structure", "policies", "validations", "subnets", "targets", "callers"]
        files = [f.name for f in (self.modules / module / "tests").glob("*.tftest.hcl")]
        return sorted(files, key=lambda f: order.index(f.split(".")[0]) if f.split(".")[0] in order else len(order))


def try_all(chosen, jobs, until):
    """(mutant, killer) of each that was begun in time, printed as it is known."""
    waiting, tried = list(reversed(chosen)), []
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(jobs) as pool:

        def work(number):
            workshop = Workshop(scratch, number)
            while waiting and time.monotonic() < until:
                mutant = waiting.pop()
                killer = workshop.killer(mutant)
                tried.append((mutant, killer))
                print(f"  {mutant}: {'red in ' + killer if killer else 'SURVIVES'}", flush=True)

        for done in [pool.submit(work, number) for number in range(jobs)]:
            done.result()
    return tried


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--all", action="store_true", help="every mutant, however long it takes")
    options.add_argument("--list", action="store_true", help="only says which mutants there are")
    options.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    options.add_argument("--seconds", type=int, default=300)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("words", nargs="*")
    chosen = options.parse_args()
    found = [mutant for mutant in mutants() if all(word in str(mutant) for word in chosen.words)]
    if chosen.list:
        print("\n".join(map(str, found)))
        return
    whole = chosen.all or bool(chosen.words)
    if not whole:
        random.Random(chosen.seed).shuffle(found)
        print(f"{len(found)} mutants, drawn with --seed {chosen.seed} for {chosen.seconds} s", flush=True)
    tried = try_all(found, chosen.jobs, float("inf") if whole else time.monotonic() + chosen.seconds)
    survivors = [str(mutant) for mutant, killer in tried if not killer]
    print(f"{len(tried)} of {len(found)} mutants tried, {len(survivors)} survived")
    sys.exit(1 if survivors or not tried else 0)


if __name__ == "__main__":
    main()
