#!/usr/bin/env python3
"""The AWS of the sandbox: moto 5.2.1, mended in process, with the parts of AWS that act by themselves.

moto answers API calls and nothing else. Five things are added so that a bastion lives and dies here as in an account:

  * defects of moto are mended, each of which makes a clean Terraform stack look dirty (``mend_*`` below);
  * an SSM agent for each running instance (``ssm:DescribeInstanceInformation``), which comes online only when the
    instance could really register: role, security groups and endpoints are looked at, not believed;
  * the sessions of SSM (``ssm:StartSession``, ``TerminateSession``, ``DescribeSessions``): who connected to an instance
    whose agent is online, from when to when. No byte flows through here: the sandbox forwards the connections;
  * faults that can be set while it runs (``Faults`` below): down, throttled, actions refused, a list that lags;
  * on demand the guest's own expiry timer (``--guest-timer``) and EventBridge's schedules (``--schedules``),
    each alone, so that each way a bastion ends can be watched alone.

Prints one line, ``ready http://HOST:PORT``, once it listens (``--port 0``: any free port); events go to standard error.
Needs the standard library and moto[server] alone.
"""

import argparse
import base64
import datetime
import fnmatch
import gzip
import io
import ipaddress
import json
import logging
import os
import re
import secrets
import signal
import sys
import threading
import time
import urllib.parse
import xml.sax.saxutils
import zoneinfo

import moto
from moto.cloudtrail.models import CloudTrailBackend
from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models import ec2_backends
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.responses.monitoring import Monitoring
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.iam.models import iam_backends
from moto.scheduler.models import scheduler_backends
from moto.sqs.models import sqs_backends
from moto.ssm.exceptions import SSMException
from moto.ssm.responses import SimpleSystemManagerResponse
from moto.sts.models import sts_backends

MENDED_VERSION = "5.2.1"

# What amazon-ssm-agent needs to register and to open a session over the message gateway.
# https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-add-permissions-to-existing-profile.html
AGENT_ACTIONS = (
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)
AGENT_ENDPOINTS = ("ssm", "ssmmessages")
TERMINATE_TARGET = "aws-sdk:ec2:terminateInstances"
TICK_SECONDS = 1.0


def say(text):
    print(f"emulator: {text}", file=sys.stderr, flush=True)


# --- What moto 5.2.1 gets wrong -------------------------------------------------------------------------------------


def mend_monitoring():
    """Defect: MonitorInstances answers 500, which the provider retries for minutes (``monitoring = true`` hangs)."""

    def switch(state):
        def handler(self):
            ids = self._get_param("InstanceIds", [])
            for instance_id in ids:
                self.ec2_backend.get_instance(instance_id).monitoring_state = state
            found = [{"InstanceId": i, "Monitoring": {"State": state}} for i in ids]
            return ActionResult({"InstanceMonitorings": found})

        return handler

    Monitoring.monitor_instances = switch("enabled")
    Monitoring.unmonitor_instances = switch("disabled")


def mend_association():
    """Defect: an interface without a public address answers an empty ``<association/>``, which reads as public."""
    answered = NetworkInterface.association.fget
    NetworkInterface.association = property(lambda self: answered(self) or None)


def mend_instance_attributes():
    """Defect: ModifyInstanceAttribute takes any attribute it does not know for a change of groups, to none."""
    answered = InstanceResponse.modify_instance_attribute
    to_groups = InstanceResponse._security_grp_instance_attribute_handler

    def modify_instance_attribute(self):
        behavior = self._get_param("InstanceInitiatedShutdownBehavior.Value")
        if behavior is None:
            return answered(self)
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        instance.instance_initiated_shutdown_behavior = behavior
        return EmptyResult()

    def groups_if_named(self):
        return bool(self._get_param("Groups", [])) and to_groups(self)

    InstanceResponse.modify_instance_attribute = modify_instance_attribute
    InstanceResponse._security_grp_instance_attribute_handler = groups_if_named


def mend_rule_descriptions():
    """Defect: the description of a rule that references a group is lost, read and written."""
    answered = SecurityGroupRule.description.fget
    modify = SecurityGroupBackend.modify_security_group_rules

    def description(self):
        return answered(self) or self.source_group.get("Description")

    def modify_security_group_rules(self, group_id, rules):
        modify(self, group_id, rules)
        group = self.get_security_group_by_name_or_id(group_id)
        for rule_id, wanted in rules.items():
            rule = group.get_rule(rule_id)
            if rule.source_group:
                text = rule.ip_range.pop("Description", None)
                rule.source_group["Description"] = text
                rule.source_group["GroupId"] = wanted["ReferencedGroupId"]

    SecurityGroupRule.description = property(description)
    SecurityGroupBackend.modify_security_group_rules = modify_security_group_rules


def mend_instance_groups():
    """Defect: groups named on the interface (as Terraform names them) never become the instance's groups."""
    prepare = Instance.prep_nics
    modify = InstanceBackend.modify_instance_security_groups

    def prep_nics(self, *arguments, **named):
        prepare(self, *arguments, **named)
        if not self.security_groups and 0 in self.nics:
            self.security_groups = list(self.nics[0]._group_set)

    def modify_instance_security_groups(self, instance_id, group_ids):
        instance = modify(self, instance_id, group_ids)
        if 0 in instance.nics:
            instance.nics[0]._group_set = list(instance.security_groups)
        return instance

    Instance.prep_nics = prep_nics
    InstanceBackend.modify_instance_security_groups = modify_instance_security_groups


def mend_container_services():
    """Defect: an ECS service forgets some of the switches it was created with, and so never looks as it was asked for."""
    answered = EC2ContainerServiceResponse.create_service

    def create_service(self):
        answer = answered(self)
        service = answer.result["service"]
        service.enableECSManagedTags = bool(self._get_param("enableECSManagedTags"))
        service.availabilityZoneRebalancing = self._get_param("availabilityZoneRebalancing") or "DISABLED"
        return answer

    EC2ContainerServiceResponse.create_service = create_service


def mend_trails():
    """Defect: what is asked of a CloudTrail trail by its ARN, as the provider does, answers 500."""

    def by_name(call):
        return lambda self, name: call(self, self.get_trail(name).trail_name)

    for name in ("start_logging", "stop_logging", "delete_trail"):
        setattr(CloudTrailBackend, name, by_name(getattr(CloudTrailBackend, name)))


def mend_moto():
    if moto.__version__ != MENDED_VERSION:
        sys.exit(f"emulator: moto {moto.__version__} found, {MENDED_VERSION} is what these patches mend; "
                 f"install it: python3 -m pip install 'moto[server]=={MENDED_VERSION}'")
    mend_monitoring()
    mend_association()
    mend_instance_attributes()
    mend_rule_descriptions()
    mend_instance_groups()
    mend_container_services()
    mend_trails()


# --- IAM, as far as it is needed to say no --------------------------------------------------------------------------


def as_list(value):
    return value if isinstance(value, list) else [value]


def matches(patterns, value):
    return any(fnmatch.fnmatchcase(value.lower(), p.lower()) for p in as_list(patterns))


def condition_holds(condition, context):
    """Only StringEquals, StringLike and ArnEquals are understood; any other operator is not held to be true."""
    for operator, wanted in (condition or {}).items():
        if operator not in ("StringEquals", "StringLike", "ArnEquals"):
            return False
        for key, values in wanted.items():
            if key not in context or not matches(values, context[key]):
                return False
    return True


def statements(role, iam):
    documents = [iam.get_role_policy(role.name, name)[1] for name in iam.list_role_policies(role.name)]
    for policy in iam.list_attached_role_policies(role.name)[0]:
        documents.append(next(v.document for v in policy.versions if v.is_default))
    for document in documents:
        document = json.loads(document) if isinstance(document, str) else document
        yield from as_list(document["Statement"])


def is_allowed(role, iam, action, resource, context):
    verdict = False
    for statement in statements(role, iam):
        if not matches(statement.get("Action", []), action) or not matches(statement.get("Resource", []), resource):
            continue
        if not condition_holds(statement.get("Condition"), context):
            continue
        if statement["Effect"] == "Deny":
            return False
        verdict = True
    return verdict


def tags_of(resource):
    return {tag["key"]: tag["value"] for tag in resource.get_tags()}


# --- The SSM agent --------------------------------------------------------------------------------------------------


def lets_through(rule, port, group_ids, addresses):
    if rule.ip_protocol not in ("-1", "tcp"):
        return False
    if rule.ip_protocol == "tcp" and not int(rule.from_port) <= port <= int(rule.to_port):
        return False
    if rule.source_group:
        return rule.source_group.get("GroupId") in group_ids
    block = rule.cidr_ipv4
    return bool(block) and any(ipaddress.ip_network(a).subnet_of(ipaddress.ip_network(block)) for a in addresses)


def has_way_out(backend, instance):
    tables = [t for t in backend.route_tables.values() if t.vpc_id == instance.vpc_id]
    own = [t for t in tables if instance.subnet_id in t._associations.values()]
    return any(
        route.destination_cidr_block == "0.0.0.0/0"
        for table in own or [t for t in tables if t.main_association_id]
        for route in table.routes
    )


def reaches(backend, instance, service):
    """Whether 443 is open out of the instance and into the endpoint, or else to the internet where there is a route."""
    groups = instance.security_groups
    group_ids = {group.id for group in groups}
    endpoints = [
        e for e in backend.vpc_end_points.values()
        if e.vpc_id == instance.vpc_id and e.service_name.endswith("." + service)
        and e.vpc_endpoint_type == "Interface" and e.private_dns_enabled
    ]
    egress = [rule for group in groups for rule in group.egress_rules]
    if not endpoints:
        return has_way_out(backend, instance) and any(lets_through(r, 443, set(), ["0.0.0.0/0"]) for r in egress)
    for endpoint in endpoints:
        theirs = [backend.get_security_group_from_id(i) for i in endpoint.security_group_ids]
        subnets = [backend.get_subnet(s).cidr_block for s in endpoint.subnet_ids or []]
        out = any(lets_through(r, 443, {g.id for g in theirs if g}, subnets) for r in egress)
        into = any(
            lets_through(r, 443, group_ids, [f"{instance.private_ip}/32"])
            for g in theirs if g for r in g.ingress_rules
        )
        if out and into:
            return True
    return False


def why_offline(account, region, instance, delay):
    """The first reason for which the agent of this instance is not registered; None when it is."""
    backend = ec2_backends[account][region]
    if instance.state != "running":
        return f"it is {instance.state}"
    if not instance.iam_instance_profile:
        return "it has no instance profile"
    profile = next(
        (p for iam in iam_backends[account].values() for p in iam.get_instance_profiles()
         if p.arn == instance.iam_instance_profile["Arn"]), None)
    if profile is None or not profile.roles:
        return "its instance profile has no role"
    iam = next(i for i in iam_backends[account].values() if profile.arn in {p.arn for p in i.get_instance_profiles()})
    for action in AGENT_ACTIONS:
        if not is_allowed(profile.roles[0], iam, action, "*", {}):
            return f"its role does not allow {action}"
    for service in AGENT_ENDPOINTS:
        if not reaches(backend, instance, service):
            return f"443 to {service} is closed: by its group, by the endpoint's, or no endpoint and no route out"
    age = (datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - instance.launch_time).total_seconds()
    return None if age >= delay else "it is still booting"


def agent_of(instance):
    now = time.time()
    return {
        "InstanceId": instance.id,
        "PingStatus": "Online",
        "LastPingDateTime": now,
        "AgentVersion": "3.3.3050.0",
        "IsLatestVersion": True,
        "PlatformType": "Linux",
        "PlatformName": "Amazon Linux",
        "PlatformVersion": "2023",
        "ResourceType": "EC2Instance",
        "IPAddress": instance.private_ip,
        "ComputerName": instance.private_dns_name,
    }


def agent_matches(instance, agent, key, values):
    if key == "InstanceIds":
        return instance.id in values
    if key.startswith("tag:"):
        return tags_of(instance).get(key[4:]) in values
    return agent.get({"PlatformTypes": "PlatformType"}.get(key, key)) in values


def add_agent(delay):
    def describe_instance_information(self):
        filters = [(f["Key"], f["Values"]) for f in self._get_param("Filters", []) or []]
        filters += [(f["key"], f["valueSet"]) for f in self._get_param("InstanceInformationFilterList", []) or []]
        found = []
        for instance in ec2_backends[self.current_account][self.region].all_instances():
            if why_offline(self.current_account, self.region, instance, delay) is None:
                agent = agent_of(instance)
                if all(agent_matches(instance, agent, key, values) for key, values in filters):
                    found.append(agent)
        return ActionResult({"InstanceInformationList": found})

    SimpleSystemManagerResponse.describe_instance_information = describe_instance_information


def tell_agents(delay, told):
    """Says once what each agent waits for: a bastion that never comes online is otherwise a riddle."""
    for account, region, instance in every_instance():
        reason = why_offline(account, region, instance, delay)
        if told.get(instance.id) != (reason,):
            told[instance.id] = (reason,)
            say(f"ssm agent of {instance.id} " + ("online" if reason is None else f"offline: {reason}"))


# --- Sessions -------------------------------------------------------------------------------------------------------

SESSIONS_KEPT_SECONDS = 30 * 24 * 3600
ACTIVE = ("Connected", "Connecting", "Disconnected", "Terminating")
DEFAULT_DOCUMENT = "SSM-SessionManagerRunShell"


class Sessions:
    """The sessions of one emulator: account and region are part of each, as each call sees only its own."""

    def __init__(self):
        self.lock = threading.Lock()
        self.of_id = {}

    def start(self, place, target, document, owner, reason):
        name = re.sub(r"[^A-Za-z0-9._@-]", "-", owner.rpartition("/")[2])[:64] or "user"
        session = {
            "SessionId": f"{name}-{secrets.token_hex(9)[:17]}",
            "Target": target,
            "Status": "Connected",
            "StartDate": time.time(),
            "DocumentName": document,
            "Owner": owner,
            "MaxSessionDuration": "60",
            **({"Reason": reason} if reason else {}),
        }
        with self.lock:
            self.of_id[session["SessionId"]] = (place, session)
        return session

    def end(self, place, session_id):
        with self.lock:
            found, session = self.of_id.get(session_id, (None, None))
            if found == place and session["Status"] in ACTIVE:
                session.update(Status="Terminated", EndDate=time.time())

    def of(self, place):
        oldest = time.time() - SESSIONS_KEPT_SECONDS
        with self.lock:
            found = [dict(session) for where, session in self.of_id.values() if where == place]
        return [session for session in found if session.get("EndDate", oldest) >= oldest]


def end_orphaned(sessions, delay):
    """A session whose instance is gone, or whose agent is, has ended."""
    with sessions.lock:
        all_of_them = [(where, dict(session)) for where, session in sessions.of_id.values()]
    for (account, region), session in all_of_them:
        session_id, target = session["SessionId"], session["Target"]
        if session["Status"] not in ACTIVE:
            continue
        instance = ec2_backends[account][region].get_instance_by_id(target)
        if instance is None or why_offline(account, region, instance, delay) is not None:
            sessions.end((account, region), session_id)
            say(f"session {session_id} of {target} has ended with its instance")


SESSION_FILTERS = {
    "Target": lambda session, value: session["Target"] == value,
    "Owner": lambda session, value: session["Owner"] == value,
    "Status": lambda session, value: session["Status"] == value,
    "SessionId": lambda session, value: session["SessionId"] == value,
    "InvokedAfter": lambda session, value: session["StartDate"] >= parse_moment(value).timestamp(),
    "InvokedBefore": lambda session, value: session["StartDate"] < parse_moment(value).timestamp(),
}


def add_sessions(sessions, delay):
    """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html and its neighbours."""

    def place(self):
        return self.current_account, self.region

    def start_session(self):
        target, name = self._get_param("Target"), self._get_param("DocumentName")
        instance = ec2_backends[self.current_account][self.region].get_instance_by_id(target)
        if instance is None or why_offline(self.current_account, self.region, instance, delay) is not None:
            raise SSMException("TargetNotConnected", f"{target} is not connected.")
        if name and name != DEFAULT_DOCUMENT:
            document = self.ssm_backend.get_document(name, None, None, "JSON")
            check_parameters(document, self._get_param("Parameters") or {})
        owner = sts_backends[self.current_account]["aws"].get_caller_identity(self.get_access_key(), self.region)[1]
        session = sessions.start(place(self), target, name or DEFAULT_DOCUMENT, owner, self._get_param("Reason"))
        say(f"session {session['SessionId']} of {target} by {owner}")
        channel = f"wss://ssmmessages.{self.region}.amazonaws.com/v1/data-channel/{session['SessionId']}"
        return ActionResult({
            "SessionId": session["SessionId"],
            "TokenValue": secrets.token_urlsafe(32),
            "StreamUrl": f"{channel}?role=publish_subscribe",
        })

    def terminate_session(self):
        sessions.end(place(self), self._get_param("SessionId"))
        return ActionResult({"SessionId": self._get_param("SessionId")})

    def describe_sessions(self):
        state, most = self._get_param("State"), self._get_param("MaxResults") or 50
        if state not in ("Active", "History"):
            raise SSMException("ValidationException", f"Value '{state}' at 'state' is neither Active nor History")
        found = [s for s in sessions.of(place(self)) if (s["Status"] in ACTIVE) == (state == "Active")]
        for wanted in self._get_param("Filters") or []:
            if wanted["key"] not in SESSION_FILTERS:
                raise SSMException("InvalidFilterKey", f"{wanted['key']} is no filter of sessions")
            found = [s for s in found if SESSION_FILTERS[wanted["key"]](s, wanted["value"])]
        found.sort(key=lambda s: s["StartDate"], reverse=True)
        token = self._get_param("NextToken") or "0"
        if not token.isdigit():
            raise SSMException("InvalidNextToken", "The specified token isn't valid.")
        begin, end = int(token), int(token) + int(most)
        more = {"NextToken": str(end)} if end < len(found) else {}
        return ActionResult({"Sessions": found[begin:end], **more})

    for handler in (start_session, terminate_session, describe_sessions):
        setattr(SimpleSystemManagerResponse, handler.__name__, handler)


def check_parameters(document, given):
    known = json.loads(document["Content"]).get("parameters", {})
    for name, values in given.items():
        pattern = known.get(name, {}).get("allowedPattern", ".*")
        if name not in known or not all(re.fullmatch(pattern, value) for value in as_list(values)):
            raise SSMException("InvalidParameters", f"The parameter {name} is not one that the document allows.")


# --- What ends an instance by itself --------------------------------------------------------------------------------


def every_instance():
    for account, regions in list(ec2_backends.items()):
        for region, backend in list(regions.items()):
            for instance in list(backend.all_instances()):
                yield account, region, instance


def parse_moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def user_data_of(instance):
    if not instance.user_data:
        return ""
    raw = base64.b64decode(str(instance.user_data))
    raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    return raw.decode("utf-8", "replace")


def guest_shuts_down(instance, now):
    """As the unit in user_data would: the ExpiresAt tag has passed, or it cannot be read from the metadata service."""
    if instance.state != "running" or "bastion-expiry" not in user_data_of(instance):
        return False
    options = instance.metadata_options
    if options.http_endpoint != "enabled" or options.instance_metadata_tags != "enabled":
        return True
    try:
        return parse_moment(tags_of(instance)["ExpiresAt"]) <= now
    except (KeyError, ValueError):
        return True


def run_guest_timers():
    now = datetime.datetime.now(datetime.timezone.utc)
    for account, region, instance in every_instance():
        if guest_shuts_down(instance, now):
            behavior = instance.instance_initiated_shutdown_behavior
            say(f"guest timer of {instance.id} shuts it down ({behavior})")
            backend = ec2_backends[account][region]
            end = backend.terminate_instances if behavior == "terminate" else backend.stop_instances
            end([instance.id])


def shot_due(schedule, now):
    """The time of the latest shot that is due, as text; None without one. One-shots (``at``), and a rate in minutes from the start
    date on. ``now`` may be ahead of the clock (``--schedules-early-seconds``), for who cannot wait the five minutes."""
    expression = schedule.schedule_expression
    rate = re.fullmatch(r"rate\((\d+) minutes?\)", expression)
    if schedule.state != "ENABLED" or not (rate or expression.startswith("at(")):
        return None
    if rate:
        first = datetime.datetime.fromtimestamp(float(schedule.start_date or schedule.creation_date), datetime.timezone.utc)
        every = datetime.timedelta(minutes=int(rate[1]))
        return None if now < first else str(first + (now - first) // every * every)
    zone = zoneinfo.ZoneInfo(schedule.schedule_expression_timezone)
    shot = datetime.datetime.fromisoformat(expression[3:-1]).replace(tzinfo=zone)
    return str(shot) if shot <= now else None


def call_target(account, region, schedule):
    """Does what the schedule's role lets it; raises with the reason when it does not."""
    target = schedule.target
    if not target["Arn"].endswith(TERMINATE_TARGET):
        raise ValueError(f"the emulator does not know the target {target['Arn']}")
    role, iam = next(
        ((r, iam) for iam in iam_backends[account].values() for r in iam.get_roles() if r.arn == target["RoleArn"]),
        (None, None))
    if role is None or "scheduler.amazonaws.com" not in json.dumps(role.assume_role_policy_document):
        raise PermissionError(f"scheduler.amazonaws.com cannot assume {target['RoleArn']}")
    backend = ec2_backends[account][region]
    for instance_id in json.loads(target["Input"])["InstanceIds"]:
        instance = backend.get_instance(instance_id)
        tags = tags_of(instance)
        context = {f"{service}:ResourceTag/{k}": v for k, v in tags.items() for service in ("aws", "ec2")}
        if instance.state == "terminated":  # as if AWS had already forgotten what it was
            context = {}
        elif instance.iam_instance_profile:
            context["ec2:InstanceProfile"] = instance.iam_instance_profile["Arn"]
        arn = f"arn:aws:ec2:{region}:{account}:instance/{instance_id}"
        if not is_allowed(role, iam, "ec2:TerminateInstances", arn, context):
            raise PermissionError(f"{role.name} may not terminate {instance_id}")
        if instance.state != "terminated":
            say(f"schedule {schedule.name} terminates {instance_id}")
            backend.terminate_instances([instance_id])


def bury(account, region, schedule, reason):
    say(f"schedule {schedule.name} failed: {reason}")
    queue = schedule.target.get("DeadLetterConfig", {}).get("Arn")
    if queue:
        sqs_backends[account][region].send_message(queue.split(":")[-1], schedule.target.get("Input", "{}"))


def run_schedules(fired, early):
    """Each shot fires once; that of a schedule whose time was moved is another one."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=early)
    for account, regions in list(scheduler_backends.items()):
        for region, backend in list(regions.items()):
            for group in list(backend.schedule_groups.values()):
                for schedule in list(group.schedules.values()):
                    time_due = shot_due(schedule, now)
                    shot = (schedule.arn, schedule.creation_date, time_due)
                    if time_due is None or shot in fired:
                        continue
                    fired.add(shot)
                    try:
                        call_target(account, region, schedule)
                    except Exception as reason:  # whatever it is, AWS too puts it into the dead letter queue
                        bury(account, region, schedule, reason)
                    if schedule.action_after_completion == "DELETE":
                        group.schedules.pop(schedule.name, None)


def run_clock(options, sessions):
    told, fired, parent = {}, set(), os.getppid()
    while True:
        time.sleep(TICK_SECONDS)
        if options.with_parent and os.getppid() != parent:
            os._exit(0)
        try:
            tell_agents(options.agent_delay_seconds, told)
            end_orphaned(sessions, options.agent_delay_seconds)
            if options.guest_timer:
                run_guest_timers()
            if options.schedules:
                run_schedules(fired, options.schedules_early_seconds)
        except Exception as failure:  # a resource may vanish while it is looked at; the next tick looks again
            say(f"tick failed, tried again: {failure!r}")


# --- Faults ---------------------------------------------------------------------------------------------------------

FAULTS_PATH = "/sandbox/faults"
# The sandbox's own look at the instances, for its page: no fault holds for it.
OBSERVER = "HTTP_X_SANDBOX_OBSERVER"
FORM = "application/x-www-form-urlencoded"
CALLER = "arn:aws:sts::123456789012:assumed-role/bastion/sandbox"


class Faults:
    """The faults of this AWS, set with ``PUT /sandbox/faults``; all fields of the JSON are optional.

    ``down``: every call answers 503. ``throttled``: every call is over a limit. ``refused``: patterns of actions that
    are denied, like ``ec2:TerminateInstances`` (for the REST protocols ``s3:GET``). ``lag``: so many seconds a new
    instance is not described. ``silent``: ARNs of roles whose sessions get 503 for every call, and that cannot be assumed:
    an account that whoever uses such a role cannot reach, while others can.
    """

    def __init__(self, app):
        self.app = app
        self.now = {"down": False, "throttled": False, "refused": [], "lag": 0, "silent": []}
        self.caller = threading.local()
        self.mend_listing()

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == FAULTS_PATH:
            return self.set(environ, start_response)
        service, action, protocol = call_of(environ)
        observes = OBSERVER in environ
        self.caller.lags = action.startswith("Describe") and not observes
        if not observes:
            for wrong, answer in (
                (self.now["down"], unavailable),
                (self.now["silent"] and role_of(environ) in self.now["silent"], unavailable),
                (self.now["throttled"], throttled),
                (matches(self.now["refused"], f"{service}:{action}"), denied),
            ):
                if wrong:
                    return send(start_response, *answer(service, action, protocol))
        return self.app(environ, start_response)

    def set(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        self.now = {**self.now, **json.loads(environ["wsgi.input"].read(length) or b"{}")}
        return send(start_response, "200 OK", "application/json", json.dumps(self.now), [])

    def mend_listing(self):
        answered = InstanceBackend.all_reservations

        def all_reservations(backend, filters=None):
            found = answered(backend, filters)
            if not self.now["lag"] or not getattr(self.caller, "lags", False):
                return found
            newest = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=self.now["lag"])
            for reservation in found:
                reservation.instances = [
                    i for i in reservation.instances if i.launch_time <= newest.replace(tzinfo=None)
                ]
            return [reservation for reservation in found if reservation.instances]

        InstanceBackend.all_reservations = all_reservations


def call_of(environ):
    """Service, action and protocol (query, json, rest) of a request; the service stands in its signature."""
    scope = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split(",")[0].split("/")
    service = scope[3] if len(scope) > 3 else "unknown"
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    if target:
        return service, target.rpartition(".")[2], "json"
    if environ.get("CONTENT_TYPE", "").startswith(FORM):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        return service, urllib.parse.parse_qs(body.decode()).get("Action", [""])[0], "query"
    return service, environ["REQUEST_METHOD"], "rest"


def role_of(environ):
    """The ARN of the role that a call assumes, or else of the role whose session makes it; None for other keys."""
    if environ.get("CONTENT_TYPE", "").startswith(FORM):
        body = environ["wsgi.input"].read()
        environ["wsgi.input"] = io.BytesIO(body)
        form = urllib.parse.parse_qs(body.decode())
        if form.get("Action") == ["AssumeRole"]:
            return form.get("RoleArn", [""])[0]
    key = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split("/")[0]
    sessions = (backend.get_assumed_role_from_access_key(key)
                for partitions in list(sts_backends.values()) for backend in list(partitions.values()))
    return next((session.role_arn for session in sessions if session), None)


def unavailable(service, action, protocol):
    return "503 Service Unavailable", "text/html", "<html><body>Service Unavailable</body></html>", []


def throttled(service, action, protocol):
    if service == "ec2":
        return error("503 Service Unavailable", service, protocol, "RequestLimitExceeded", "Request limit exceeded.")
    code = "SlowDown" if service == "s3" else "ThrottlingException" if protocol != "query" else "Throttling"
    return error("503 Slow Down" if service == "s3" else "400 Bad Request", service, protocol, code, "Rate exceeded")


def denied(service, action, protocol):
    why = (f"User: {CALLER} is not authorized to perform: {service}:{action} because no identity-based policy allows"
           f" the {service}:{action} action")
    if service == "ec2":
        text = f"You are not authorized to perform this operation. {why}"
        return error("403 Forbidden", service, protocol, "UnauthorizedOperation", text)
    if service == "s3":
        return error("403 Forbidden", service, protocol, "AccessDenied", "Access Denied")
    code = "AccessDenied" if protocol == "query" else "AccessDeniedException"
    return error("400 Bad Request" if protocol == "json" else "403 Forbidden", service, protocol, code, why)


def error(status, service, protocol, code, message):
    """An error in the form of the service's protocol."""
    if protocol == "json" or (protocol == "rest" and service != "s3"):
        body = json.dumps({"__type": code, "Message": message, "message": message})
        return status, "application/x-amz-json-1.1", body, [("x-amzn-ErrorType", code)]
    inner = f"<Code>{code}</Code><Message>{xml.sax.saxutils.escape(message)}</Message>"
    if service == "ec2":
        body = f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>sandbox</RequestID></Response>"
    elif service == "s3":
        body = f"<Error>{inner}<RequestId>sandbox</RequestId></Error>"
    else:
        body = f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error><RequestId>sandbox</RequestId></ErrorResponse>"
    return status, "text/xml", body, []


def send(start_response, status, content_type, body, headers):
    content = body.encode()
    start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(content))), *headers])
    return [content]


# --- The server -----------------------------------------------------------------------------------------------------


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one (default)")
    parser.add_argument("--agent-delay-seconds", type=float, default=5.0,
                        help="from an instance's start to its SSM agent being online (default 5)")
    parser.add_argument("--guest-timer", action="store_true", help="instances end themselves once ExpiresAt passed")
    parser.add_argument("--schedules", action="store_true", help="schedules fire")
    parser.add_argument("--schedules-early-seconds", type=float, default=0.0,
                        help="fire them so much before their time")
    parser.add_argument("--with-parent", action="store_true", help="end when the process that started it has ended")
    parser.add_argument("--requests", action="store_true", help="log every request on standard error")
    return parser.parse_args(arguments)


def serve(options, sessions):
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.INFO if options.requests else logging.ERROR)
    faults = Faults(DomainDispatcherApplication(create_backend_app))
    server = make_server(options.host, options.port, faults, threaded=True)
    os.environ["MOTO_PORT"] = str(server.port)
    threading.Thread(target=run_clock, args=(options, sessions), daemon=True).start()
    print(f"ready http://{options.host}:{server.port}", flush=True)
    server.serve_forever()


def main(arguments=None):
    options = parse(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    mend_moto()
    add_agent(options.agent_delay_seconds)
    sessions = Sessions()
    add_sessions(sessions, options.agent_delay_seconds)
    serve(options, sessions)


if __name__ == "__main__":
    main()
