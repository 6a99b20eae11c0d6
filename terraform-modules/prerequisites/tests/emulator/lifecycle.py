#!/usr/bin/env python3
"""The prerequisites' whole life on the emulator, looked at from outside. See play.py."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))
from play import Stack, client, log_groups, play, rules_of, same  # noqa: E402

SIX_YEARS = 2192
SESSIONS = "/aws/events/everything-bastion-sessions"

ec2, kms, events, s3 = (client(s) for s in ("ec2", "kms", "events", "s3"))
cloudtrail = client("cloudtrail")


def of_the_vpc(stack, whose="everything"):
    return [{"Name": "vpc-id", "Values": [stack.outputs()[whose]["vpc_id"]]}]


def applied_and_the_second_plan_is_empty(stack):
    changes = stack.apply(create_trail=True)
    same("what the first apply does", {tuple(a) for a in changes.values()}, {("create",)})
    same("the second plan", stack.plan(), {})


def nothing_leads_out(stack):
    here = of_the_vpc(stack)
    subnets = ec2.describe_subnets(Filters=here)["Subnets"]
    same("subnets", [s["MapPublicIpOnLaunch"] for s in subnets], [False, False])
    same("zones", len({s["AvailabilityZone"] for s in subnets}), 2)
    tables = ec2.describe_route_tables(Filters=here)["RouteTables"]
    same("where routes lead", {r.get("GatewayId") for t in tables for r in t["Routes"]}, {"local"})
    same("gateways", ec2.describe_internet_gateways(
        Filters=[{"Name": "attachment.vpc-id", "Values": here[0]["Values"]}])["InternetGateways"], [])
    default = ec2.describe_security_groups(Filters=[*here, {"Name": "group-name", "Values": ["default"]}])["SecurityGroups"]
    same("the default group's rules", [rules_of(g["GroupId"]) for g in default], [[]])


def the_agents_endpoints_are_there(stack):
    made = stack.outputs()["everything"]
    endpoints = ec2.describe_vpc_endpoints(Filters=of_the_vpc(stack))["VpcEndpoints"]
    same("endpoints", sorted(e["ServiceName"].rsplit(".", 1)[1] for e in endpoints), ["ec2messages", "kms", "logs", "ssm", "ssmmessages"])
    same("under AWS's own names", {e["PrivateDnsEnabled"] for e in endpoints}, {True})
    for endpoint in endpoints:
        same(f"the subnets of {endpoint['ServiceName']}", set(endpoint["SubnetIds"]), set(made["private_subnet_ids"]))
    same("the endpoints' rules before any bastion", [rules_of(g) for g in made["vpc_endpoint_security_group_ids"]], [[]])
    same("the database's rules before any bastion", rules_of(made["rds_security_group_id"]), [])


def the_key_turns(stack):
    key = stack.outputs()["everything"]["kms_key_arn"]
    same("rotation", kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"], True)


def logs_are_encrypted_and_kept(stack):
    made = stack.outputs()["everything"]
    flows = ec2.describe_flow_logs(Filters=[{"Name": "resource-id", "Values": [made["vpc_id"]]}])["FlowLogs"]
    same("flow logs", [(f["TrafficType"], f["LogDestination"].split(":log-group:")[1]) for f in flows],
         [("ALL", made["flow_log_group_name"])])
    for name in (made["flow_log_group_name"], made["session_metadata_log_group_name"]):
        group = log_groups()[name]
        same(f"the key and the days of {name}", (group.get("kmsKeyId"), group.get("retentionInDays")), (made["kms_key_arn"], SIX_YEARS))


def who_opened_a_session_is_kept(_):
    pattern = json.loads(events.describe_rule(Name="everything-bastion-sessions")["EventPattern"])
    same("what is kept", pattern["detail"]["eventName"], ["StartSession", "ResumeSession", "TerminateSession"])
    targets = events.list_targets_by_rule(Rule="everything-bastion-sessions")["Targets"]
    same("where", [t["Arn"].split(":log-group:")[1].removesuffix(":*") for t in targets], [SESSIONS])


def the_trail_is_private_and_runs(_):
    trail = cloudtrail.get_trail(Name="everything-bastion")["Trail"]
    same("the trail", (trail["IsMultiRegionTrail"], trail["LogFileValidationEnabled"], "KmsKeyId" in trail), (True, True, True))
    same("it records", cloudtrail.get_trail_status(Name="everything-bastion")["IsLogging"], True)
    block = s3.get_public_access_block(Bucket=trail["S3BucketName"])["PublicAccessBlockConfiguration"]
    same("its bucket keeps everybody out", set(block.values()), {True})


def an_existing_vpc_gets_what_it_lacks(stack):
    mine, theirs = stack.outputs()["existing"], stack.outputs()["everything"]
    same("its key", mine["kms_key_arn"], theirs["kms_key_arn"])
    same("what was not asked for", (mine["rds_security_group_id"], mine["session_metadata_log_group_name"]), (None, None))
    endpoints = ec2.describe_vpc_endpoints(Filters=of_the_vpc(stack, "existing"))["VpcEndpoints"]
    same("its endpoints", sorted(e["ServiceName"].rsplit(".", 1)[1] for e in endpoints), ["ssm", "ssmmessages"])
    same("who uses them", [rules_of(group) for group in mine["vpc_endpoint_security_group_ids"]], [[("in", "tcp", 443, 443, "10.80.0.0/24")]])
    same("its subnets", len(ec2.describe_subnets(Filters=of_the_vpc(stack, "existing"))["Subnets"]), 1)


def a_part_turned_off_takes_itself_alone(stack):
    changes = stack.apply(create_trail=False)
    gone = {name for name, actions in changes.items() if actions == ["delete"]}
    same("what goes", {name.split(".")[2] for name in gone},
         {"aws_cloudtrail", "aws_s3_bucket", "aws_s3_bucket_policy", "aws_s3_bucket_public_access_block",
          "aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_versioning"})
    same("what else changes", {name: actions for name, actions in changes.items() if name not in gone},
         {"module.everything.aws_kms_key.this[0]": ["update"]})
    same("the plan after it", stack.plan(), {})


def destroyed_who_opened_sessions_is_still_there(stack):
    vpc = of_the_vpc(stack)
    stack.destroy()
    same("the VPC's subnets", ec2.describe_subnets(Filters=vpc)["Subnets"], [])
    assert SESSIONS in log_groups(), "the log of who opened which session is gone"


if __name__ == "__main__":
    play("prerequisites", [
        applied_and_the_second_plan_is_empty,
        nothing_leads_out,
        the_agents_endpoints_are_there,
        the_key_turns,
        logs_are_encrypted_and_kept,
        who_opened_a_session_is_kept,
        the_trail_is_private_and_runs,
        an_existing_vpc_gets_what_it_lacks,
        a_part_turned_off_takes_itself_alone,
        destroyed_who_opened_sessions_is_still_there,
    ])
