#!/usr/bin/env python3
"""A bastion's whole life on the emulator (started with --guest-timer), looked at from outside. See play.py."""

import datetime
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))
from play import Stack, client, log_groups, play, rules_of, same  # noqa: E402

STANDING = {
    "aws_cloudwatch_log_group.sessions", "aws_sqs_queue.failed_ends", "aws_cloudwatch_metric_alarm.failed_ends",
    "aws_iam_role.bastion[0]", "aws_iam_role_policy.agent[0]", "aws_iam_instance_profile.bastion[0]",
    "aws_iam_role.end[0]", "aws_iam_role_policy.end[0]", "aws_security_group.bastion[0]", "aws_ssm_document.port[0]",
}
OPENING = {
    "dev aws_instance.bastion", "dev aws_scheduler_schedule.end",
    "dev aws_vpc_security_group_egress_rule.database", "dev aws_vpc_security_group_ingress_rule.database",
    'dev aws_vpc_security_group_egress_rule.endpoints["0"]', 'dev aws_vpc_security_group_ingress_rule.endpoints["0"]',
}
AGENT = [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
]

ec2, iam, ssm, scheduler = (client(s) for s in ("ec2", "iam", "ssm", "scheduler"))


def moment(**delta):
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    return (now + datetime.timedelta(**delta)).strftime("%Y-%m-%dT%H:%M:%SZ")


def grant(created_at, expires_at, **more):
    return {
        "deploy_bastion": 1, "requested_by_user_id": "U12345678", "requested_by_username": "john.doe",
        "created_at": created_at, "expires_at": expires_at,
        "request_id": "01JHR7Z9C0V6T1", "commit_sha": "0123456789abcdef0123456789abcdef01234567", **more,
    }


class Bastions(Stack):
    """Bastions by environment; a change is named by its environment: "dev aws_instance.bastion"."""

    grants: dict

    def plan(self, **grants):
        self.grants = {**getattr(self, "grants", {}), **grants}
        return super().plan(grants=self.grants)

    def bastion(self, environment):
        return self.outputs()["bastions"][environment]

    def state_of(self, environment):
        prefix = f'module.bastion["{environment}"].'
        lines = self.run("state", "list").splitlines()
        return {line[len(prefix):] for line in lines if line.startswith(prefix) and ".data." not in line}

    def name_of(self, address):
        if not address.startswith("module.bastion["):
            return address
        environment, resource = address[len('module.bastion["'):].split('"].', 1)
        return f"{environment} {resource.removesuffix('[0]')}"


def instance_of(instance_id):
    return ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]


def tags_of(thing):
    return {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}


def wait_for(what, seen, seconds=60):
    end = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not seen within {seconds} s")
        time.sleep(0.2)


def online(instance_id):
    found = ssm.describe_instance_information(Filters=[{"Key": "InstanceIds", "Values": [instance_id]}])
    return [i["PingStatus"] for i in found["InstanceInformationList"]] == ["Online"]


# --- The play ---------------------------------------------------------------------------------------------------------


def closed_nothing_leads_to_the_database(stack):
    stack.apply(dev={}, staging={})
    same("what stands while closed", stack.state_of("dev"), STANDING)
    here = stack.outputs()["prerequisites"]
    for group in (stack.bastion("dev")["security_group_id"], here["rds_security_group_id"], *here["vpc_endpoint_security_group_ids"]):
        same(f"the rules of {group} while closed", rules_of(group), [])
    same("schedules", scheduler.list_schedules()["Schedules"], [])
    same("instances", ec2.describe_instances()["Reservations"], [])


def open_and_the_second_plan_is_empty(stack):
    changes = stack.apply(dev=grant(moment(), moment(hours=2)))
    same("what opening does", changes, {name: ["create"] for name in OPENING})
    same("the second plan", stack.plan(), {})


def the_instance_is_as_promised(stack):
    bastion, here = stack.bastion("dev"), stack.outputs()["prerequisites"]
    instance = instance_of(bastion["instance_id"])
    same("public address", instance.get("PublicIpAddress"), None)
    same("key pair", instance.get("KeyName"), None)
    same("subnet", instance["SubnetId"], here["subnet_id"])
    same("groups", [g["GroupId"] for g in instance["SecurityGroups"]], [bastion["security_group_id"]])
    options = instance["MetadataOptions"]
    same("metadata: token", options["HttpTokens"], "required")
    same("metadata: hops", options["HttpPutResponseHopLimit"], 1)
    same("metadata: tags", options["InstanceMetadataTags"], "enabled")
    behavior = ec2.describe_instance_attribute(InstanceId=bastion["instance_id"],
                                               Attribute="instanceInitiatedShutdownBehavior")
    same("a shutdown from inside", behavior["InstanceInitiatedShutdownBehavior"]["Value"], "terminate")
    volumes = ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [bastion["instance_id"]]}])["Volumes"]
    same("volumes", [(v["Encrypted"], v["KmsKeyId"], v["VolumeType"]) for v in volumes], [(True, here["kms_key_arn"], "gp3")])
    same("the volume's tags", tags_of(volumes[0]), tags_of(instance))
    same("the tag ExpiresAt", tags_of(instance)["ExpiresAt"], stack.grants["dev"]["expires_at"])


def only_these_ports_are_open(stack):
    bastion, here = stack.bastion("dev"), stack.outputs()["prerequisites"]
    own, database = bastion["security_group_id"], here["rds_security_group_id"]
    endpoints = here["vpc_endpoint_security_group_ids"][0]
    same("the bastion's rules", rules_of(own),
         sorted([("out", "tcp", 443, 443, endpoints), ("out", "tcp", 5432, 5432, database)]))
    same("the database's rules", rules_of(database), [("in", "tcp", 5432, 5432, own)])
    same("the endpoints' rules", rules_of(endpoints), [("in", "tcp", 443, 443, own)])


def the_role_is_the_agents(stack):
    role = stack.bastion("dev")["role_name"]
    same("managed policies", iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"], [])
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    same("own policies", names, ["agent"])
    document = iam.get_role_policy(RoleName=role, PolicyName="agent")["PolicyDocument"]
    same("allowed actions", sorted(a for s in document["Statement"] for a in s["Action"]), AGENT)


def the_agent_comes_online(stack):
    instance_id = stack.bastion("dev")["instance_id"]
    wait_for(f"the SSM agent of {instance_id} online", lambda: online(instance_id))


def the_document_and_the_schedule_are_there(stack):
    bastion, wanted = stack.bastion("dev"), stack.grants["dev"]["expires_at"]
    content = json.loads(ssm.get_document(Name=bastion["port_document"])["Content"])
    same("where sessions go", (content["properties"]["host"], content["properties"]["portNumber"]), ("orders.dev.internal", "5432"))
    same("what a person may choose", list(content["parameters"]), ["localPortNumber"])
    schedule = scheduler.get_schedule(Name="bastion-orders-dev-end")
    fires = datetime.datetime.strptime(wanted, "%Y-%m-%dT%H:%M:%SZ") + datetime.timedelta(minutes=5)
    same("when the schedule fires first", schedule["StartDate"], fires.replace(tzinfo=datetime.timezone.utc))
    same("how often", schedule["ScheduleExpression"], "rate(10 minutes)")
    same("whom it ends", json.loads(schedule["Target"]["Input"]), {"InstanceIds": [bastion["instance_id"]]})
    same("who reports a failure", "DeadLetterConfig" in schedule["Target"], True)


def extension_is_two_changes_in_place(stack):
    before = stack.bastion("dev")["instance_id"]
    moved = dict(stack.grants["dev"], expires_at=moment(hours=5), commit_sha="f" * 40)
    changes = stack.apply(dev=moved)
    same("what an extension does", changes, {"dev aws_instance.bastion": ["update"], "dev aws_scheduler_schedule.end": ["update"]})
    same("the instance", stack.bastion("dev")["instance_id"], before)
    same("the tag ExpiresAt", tags_of(instance_of(before))["ExpiresAt"], moved["expires_at"])
    same("the plan after it", stack.plan(), {})


def two_environments_do_not_collide(stack):
    changes = stack.apply(staging=grant(moment(), moment(hours=2), shell_access_enabled=True))
    same("what it touched of dev", [name for name in changes if name.startswith("dev ")], [])
    dev, staging = stack.bastion("dev"), stack.bastion("staging")
    for name in ("instance_id", "security_group_id", "role_name", "port_document", "log_group_name", "failed_ends_queue_url"):
        assert dev[name] != staging[name], f"both environments have the {name} {dev[name]}"
    same("the second plan", stack.plan(), {})
    groups = ec2.describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [stack.outputs()["prerequisites"]["rds_security_group_id"]]}])
    same("who may reach the database", {r["ReferencedGroupInfo"]["GroupId"] for r in groups["SecurityGroupRules"]},
         {dev["security_group_id"], staging["security_group_id"]})


def shells_are_logged(stack):
    staging = stack.bastion("staging")
    content = json.loads(ssm.get_document(Name=staging["shell_document"])["Content"])
    same("where shells are logged", content["inputs"]["cloudWatchLogGroupName"], staging["log_group_name"])
    assert content["inputs"]["cloudWatchStreamingEnabled"], "a shell must be streamed to the log"


def expired_is_a_pure_destroy(stack):
    instance_id = stack.bastion("dev")["instance_id"]
    changes = stack.apply(dev=grant(moment(hours=-3), moment(hours=-1)))
    same("what expiry does", changes, {name: ["delete"] for name in OPENING})
    assert "an expired grant never comes back" in " ".join(stack.said.split()), f"the plan does not say why:\n{stack.said}"
    same("the instance", instance_of(instance_id)["State"]["Name"], "terminated")
    same("what is left", stack.state_of("dev"), STANDING)
    assert "/bastion/orders/dev/sessions" in log_groups(), "the session log is gone"
    same("the plan after it", stack.plan(), {})


def terminated_outside_and_expired_creates_nothing(stack):
    stack.apply(dev=grant(moment(), moment(hours=2)))
    instance_id = stack.bastion("dev")["instance_id"]
    ec2.create_tags(Resources=[instance_id], Tags=[{"Key": "ExpiresAt", "Value": moment(seconds=1)}])
    wait_for(f"the guest timer ending {instance_id}", lambda: instance_of(instance_id)["State"]["Name"] == "terminated", 90)
    changes = stack.apply(dev=grant(moment(hours=-3), moment(seconds=-1)))
    same("creations", [n for n, actions in changes.items() if "create" in actions or "update" in actions], [])
    same("what is left", stack.state_of("dev"), STANDING)


def terminated_outside_and_granted_it_comes_back(stack):
    before = stack.bastion("staging")["instance_id"]
    ec2.terminate_instances(InstanceIds=[before])
    changes = stack.apply()
    same("what the next apply does", changes, {
        "staging aws_instance.bastion": ["create"],
        "staging aws_scheduler_schedule.end": ["update"],
    })
    assert stack.bastion("staging")["instance_id"] != before, "it is still the one that was terminated"
    same("the plan after it", stack.plan(), {})


def with_standing_rules_an_opening_is_two_resources(stack):
    rules = stack.apply(dev={"standing_rules": True})
    same("what stands more", rules, {name: ["create"] for name in OPENING if "_rule." in name})
    two = ["dev aws_instance.bastion", "dev aws_scheduler_schedule.end"]
    same("what opening does", stack.apply(dev=grant(moment(), moment(hours=2), standing_rules=True)), {name: ["create"] for name in two})
    same("what closing does", stack.apply(dev={"standing_rules": True}), {name: ["delete"] for name in two})


def closing_leaves_nothing(stack):
    changes = stack.apply(dev={}, staging={"shell_access_enabled": True})
    same("what closing does", {tuple(a) for a in changes.values()}, {("delete",)})
    same("what is left", stack.state_of("staging"), STANDING | {"aws_ssm_document.shell[0]"})
    here = stack.outputs()["prerequisites"]
    own = [stack.bastion(environment)["security_group_id"] for environment in ("dev", "staging")]
    for group in (*own, here["rds_security_group_id"], *here["vpc_endpoint_security_group_ids"]):
        same(f"the rules of {group} while closed", rules_of(group), [])
    running = ec2.describe_instances(Filters=[{"Name": "instance-state-name", "Values": ["pending", "running"]}])
    same("instances", running["Reservations"], [])


def destroyed_the_audit_log_is_still_there(stack):
    stack.destroy()
    missing = {"/bastion/orders/dev/sessions", "/bastion/orders/staging/sessions"} - set(log_groups())
    same("audit logs lost", missing, set())


PLAY = [
    closed_nothing_leads_to_the_database,
    open_and_the_second_plan_is_empty,
    the_instance_is_as_promised,
    only_these_ports_are_open,
    the_role_is_the_agents,
    the_agent_comes_online,
    the_document_and_the_schedule_are_there,
    extension_is_two_changes_in_place,
    two_environments_do_not_collide,
    shells_are_logged,
    expired_is_a_pure_destroy,
    terminated_outside_and_expired_creates_nothing,
    terminated_outside_and_granted_it_comes_back,
    with_standing_rules_an_opening_is_two_resources,
    closing_leaves_nothing,
    destroyed_the_audit_log_is_still_there,
]


if __name__ == "__main__":
    play("bastion", PLAY, Bastions)
