"""What the plays on the emulator share: real Terraform in a copy of the modules, and boto3 that looks from outside.

A play is a list of steps; each prints a line, and the first that saw what was not promised ends it. Needs
AWS_ENDPOINT_URL (an emulator), TERRAFORM (the executable, default terraform) and TF_CLI_CONFIG_FILE.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import boto3

TERRAFORM = os.environ.get("TERRAFORM", "terraform")
MODULES = os.path.dirname(os.path.abspath(__file__))


def client(service):
    return boto3.client(service, region_name=os.environ.get("AWS_REGION", "eu-west-1"))


def same(what, seen, wanted):
    if seen != wanted:
        raise AssertionError(f"{what}\n    is      {seen}\n    must be {wanted}")


def rules_of(group_id):
    """A security group's rules: [("out", "tcp", 443, 443, "sg-… or a block")]."""
    rules = client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group_id]}])["SecurityGroupRules"]
    return sorted(
        ("out" if r["IsEgress"] else "in", r["IpProtocol"], r["FromPort"], r["ToPort"],
         r.get("ReferencedGroupInfo", {}).get("GroupId") or r.get("CidrIpv4") or r.get("CidrIpv6"))
        for r in rules)


def log_groups():
    return {g["logGroupName"]: g for g in client("logs").describe_log_groups()["logGroups"]}


class Stack:
    """A stack's directory, and Terraform in it. Variables stay as they were last given."""

    environment = {}  # beside this process's own

    def __init__(self, directory):
        self.directory = directory
        self.variables = {}
        self.run("init", "-input=false")

    def run(self, *arguments):
        done = subprocess.run([TERRAFORM, *arguments, "-no-color"], cwd=self.directory, text=True,
                              env={**os.environ, **self.environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            raise AssertionError(f"{TERRAFORM} {' '.join(arguments)} failed:\n{done.stdout}")
        return done.stdout

    def plan(self, **variables):
        """What a plan would do, by name: {"aws_instance.bastion": ["update"]}; {} when it would do nothing."""
        self.variables.update(variables)
        with open(os.path.join(self.directory, "play.auto.tfvars.json"), "w", encoding="utf-8") as file:
            json.dump(self.variables, file)
        self.said = self.run("plan", "-input=false", "-out=plan")
        changes = json.loads(self.run("show", "-json", "plan"))["resource_changes"]
        return {self.name_of(c["address"]): c["change"]["actions"] for c in changes
                if c["mode"] == "managed" and c["change"]["actions"] != ["no-op"]}

    def apply(self, **variables):
        changes = self.plan(**variables)
        self.run("apply", "-input=false", "plan")
        return changes

    def destroy(self):
        self.run("destroy", "-auto-approve", "-input=false")
        same("what is left in state", self.run("state", "list").strip(), "")

    def outputs(self):
        return {name: o["value"] for name, o in json.loads(self.run("output", "-json")).items()}

    def name_of(self, address):
        return address


def play(module, steps, kind=Stack):
    """Plays the steps on the stack in MODULE/tests/emulator/stack."""
    with tempfile.TemporaryDirectory() as scratch:
        modules = os.path.join(scratch, "terraform-modules")
        shutil.copytree(MODULES, modules, ignore=shutil.ignore_patterns(".terraform", "*.tfstate*"))
        stack = kind(os.path.join(modules, module, "tests/emulator/stack"))
        for step in steps:
            begun = time.monotonic()
            try:
                step(stack)
            except AssertionError as failure:
                print(f"  {step.__name__.replace('_', ' ')}: FAILED\n    {failure}")
                sys.exit(1)
            print(f"  {step.__name__.replace('_', ' ')} ({time.monotonic() - begun:.1f} s)", flush=True)
