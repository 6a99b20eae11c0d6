#!/usr/bin/env python3
"""The service's stack on the emulator, looked at from outside. See play.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))
from play import Stack, client, log_groups, play, rules_of, same  # noqa: E402

NAME = "bastion-orchestrator-tools"


class Service(Stack):
    def name_of(self, address):
        return address.removeprefix("module.service.")


def the_service():
    return client("ecs").describe_services(cluster=NAME, services=[NAME], include=["TAGS"])["services"][0]


def applied_and_the_second_plan_is_empty(stack):
    stack.apply(digest="0" * 64)
    same("the second plan", stack.plan(), {})


def nothing_comes_in(stack):
    group, database = stack.outputs()["security_group_id"], stack.outputs()["database_security_group_id"]
    same("the rules of the service's group", rules_of(group),
         [("out", "tcp", 443, 443, "0.0.0.0/0"), ("out", "tcp", 5432, 5432, database)])
    same("who comes into the database's group", [rule for rule in rules_of(database) if rule[0] == "in"],
         [("in", "tcp", 5432, 5432, group)])


def as_asked_for(_):
    service = the_service()
    network = service["networkConfiguration"]["awsvpcConfiguration"]
    same("public addresses", network["assignPublicIp"], "DISABLED")
    same("how many", service["desiredCount"], 2)
    task = client("ecs").describe_task_definition(taskDefinition=NAME)["taskDefinition"]
    container = task["containerDefinitions"][0]
    same("the root file system is read-only", container["readonlyRootFilesystem"], True)
    same("who it runs as", container["user"], "10001:10001")
    same("two roles", len({task["taskRoleArn"], task["executionRoleArn"]}), 2)
    same("the log is encrypted", "kmsKeyId" in log_groups()[f"/bastion/{NAME}"], True)
    alarms = client("cloudwatch").describe_alarms(AlarmNamePrefix=NAME)["MetricAlarms"]
    same("the alarms", sorted(alarm["AlarmName"] for alarm in alarms), [f"{NAME}-{alarm}" for alarm in ("errors", "lingering", "no-task", "open-without-approval")])


def a_new_image_is_a_new_task_definition(stack):
    before = the_service()["taskDefinition"]
    same("what a new image changes", stack.apply(digest="1" * 64), {
        "aws_ecs_service.service[0]": ["update"], "aws_ecs_task_definition.service[0]": ["delete", "create"]})
    same("another task definition", the_service()["taskDefinition"] != before, True)


def gone(stack):
    stack.destroy()


if __name__ == "__main__":
    play("bastion-orchestrator", [
        applied_and_the_second_plan_is_empty,
        nothing_comes_in,
        as_asked_for,
        a_new_image_is_a_new_task_definition,
        gone,
    ], Service)
