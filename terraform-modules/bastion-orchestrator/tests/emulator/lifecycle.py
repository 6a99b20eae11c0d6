#!/usr/bin/env python3
"""The service's stack on the emulator: real Terraform applies, boto3 looks from outside.

Each step prints a line and stops the play when what it saw is not what was promised. Needs AWS_ENDPOINT_URL (an
emulator), TERRAFORM (the executable, default terraform) and TF_CLI_CONFIG_FILE.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

import boto3

TERRAFORM = os.environ.get("TERRAFORM", "terraform")
MODULES = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))
NAME = "bastion-orchestrator-tools"


def client(service):
    return boto3.client(service, region_name="eu-west-1", aws_access_key_id="none", aws_secret_access_key="none")


def same(what, seen, wanted):
    if seen != wanted:
        raise AssertionError(f"{what}\n    is      {seen}\n    must be {wanted}")


def terraform(directory, *arguments, codes=(0,)):
    done = subprocess.run([TERRAFORM, *arguments, "-no-color"], cwd=directory, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode not in codes:
        raise AssertionError(f"terraform {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def changes(directory, digest):
    """What a plan would do: {"aws_ecs_task_definition.service": ["delete", "create"]}."""
    terraform(directory, "plan", "-input=false", "-out=plan", f"-var=digest={digest}")
    plan = json.loads(terraform(directory, "show", "-json", "plan"))
    return {c["address"].removeprefix("module.service."): c["change"]["actions"]
            for c in plan["resource_changes"] if c["mode"] == "managed" and c["change"]["actions"] != ["no-op"]}


def apply(directory):
    terraform(directory, "apply", "-input=false", "plan")


def the_service():
    return client("ecs").describe_services(cluster=NAME, services=[NAME], include=["TAGS"])["services"][0]


def nothing_comes_in(group):
    rules = client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    seen = sorted((rule["IsEgress"], rule["FromPort"], rule["ToPort"]) for rule in rules["SecurityGroupRules"])
    same("the rules of the service's group", seen, [(True, 443, 443), (True, 5432, 5432)])


def the_database_lets_it_in(database, group):
    rules = client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [database]}])
    seen = [(rule["FromPort"], rule["ReferencedGroupInfo"]["GroupId"])
            for rule in rules["SecurityGroupRules"] if not rule["IsEgress"]]
    same("who comes into the database's group", seen, [(5432, group)])


def as_asked_for():
    service = the_service()
    network = service["networkConfiguration"]["awsvpcConfiguration"]
    same("public addresses", network["assignPublicIp"], "DISABLED")
    same("how many", service["desiredCount"], 2)
    task = client("ecs").describe_task_definition(taskDefinition=NAME)["taskDefinition"]
    container = task["containerDefinitions"][0]
    same("the root file system is read-only", container["readonlyRootFilesystem"], True)
    same("who it runs as", container["user"], "10001:10001")
    same("two roles", len({task["taskRoleArn"], task["executionRoleArn"]}), 2)
    group = client("logs").describe_log_groups(logGroupNamePrefix=f"/bastion/{NAME}")["logGroups"][0]
    same("the log is encrypted", "kmsKeyId" in group, True)
    alarms = client("cloudwatch").describe_alarms(AlarmNamePrefix=NAME)["MetricAlarms"]
    same("the alarms", sorted(alarm["AlarmName"] for alarm in alarms), [f"{NAME}-errors", f"{NAME}-no-task"])


def play(directory):
    terraform(directory, "init", "-input=false")
    changes(directory, "0" * 64)
    apply(directory)
    print("ok   applied")
    same("the second plan", changes(directory, "0" * 64), {})
    print("ok   the second plan is empty")
    outputs = json.loads(terraform(directory, "output", "-json"))
    group = outputs["security_group_id"]["value"]
    nothing_comes_in(group)
    print("ok   nothing comes in; 443 and the database's port go out")
    the_database_lets_it_in(outputs["database_security_group_id"]["value"], group)
    as_asked_for()
    print("ok   private, read-only, not root, its log encrypted, its alarms there")
    before = the_service()["taskDefinition"]
    same("what a new image changes", changes(directory, "1" * 64), {
        "aws_ecs_service.service": ["update"], "aws_ecs_task_definition.service": ["delete", "create"]})
    apply(directory)
    same("another task definition", the_service()["taskDefinition"] != before, True)
    print("ok   a new image is a new task definition, and the service in place")
    terraform(directory, "destroy", "-auto-approve", "-input=false", f"-var=digest={'1' * 64}")
    same("what is left in state", terraform(directory, "state", "list").strip(), "")
    print("ok   gone")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        modules = os.path.join(scratch, "terraform-modules")
        shutil.copytree(MODULES, modules, ignore=shutil.ignore_patterns(".terraform", "*.tfstate*"))
        try:
            play(os.path.join(modules, "bastion-orchestrator/tests/emulator/stack"))
        except AssertionError as failure:
            sys.exit(f"FAIL {failure}")


main()
