#!/usr/bin/env python3
"""The roles of an account, evaluated: which tokens take them, and whether they allow every call of a bastion's life, and no
more. The calls are recorded from real Terraform on the emulator. See play.py and iam_policy.py."""

import concurrent.futures
import datetime
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))
from iam_policy import actions, allows  # noqa: E402
from play import Stack, client, play, same  # noqa: E402

ISSUER = "token.actions.githubusercontent.com"
ACCOUNT = "123456789012"
TAKE = "sts:AssumeRoleWithWebIdentity"
PREFIXES = {"EC2": "ec2", "IAM": "iam", "SSM": "ssm", "SQS": "sqs", "CloudWatch": "cloudwatch", "CloudWatch Logs": "logs",
            "Scheduler": "scheduler"}
# [A] What AWS asks for besides the calls that Terraform makes on the emulator, with the reason.
BESIDE_CALLS = {
    "s3:GetObject": "the state", "s3:PutObject": "the state and its lock", "s3:DeleteObject": "the lock",
    "s3:ListBucket": "whether there is a state", "kms:Decrypt": "the state's key, the volume's key",
    "kms:GenerateDataKey": "the state's key", "kms:CreateGrant": "the volume's key, by EC2",
    "kms:DescribeKey": "the volume's key, by EC2", "kms:GenerateDataKeyWithoutPlaintext": "the volume's key, by EC2",
    "kms:ReEncryptFrom": "the volume's key, by EC2", "kms:ReEncryptTo": "the volume's key, by EC2",
    "iam:PassRole": "the bastion's role to EC2, the end's role to the scheduler",
}
# What the provider calls in states that this play does not reach, with the state.
OTHER_STATES = {
    "cloudwatch:TagResource": "tags of the account change", "cloudwatch:UntagResource": "tags of the account change",
    "logs:TagResource": "the log group is made with tags", "logs:UntagResource": "tags of the account change",
    "sqs:TagQueue": "the queue is made with tags", "sqs:UntagQueue": "tags of the account change",
    "ssm:AddTagsToResource": "a document is made with tags", "ssm:RemoveTagsFromResource": "tags of the account change",
    "iam:TagRole": "a role is made with tags", "iam:UntagRole": "tags of the account change",
    "iam:TagInstanceProfile": "a profile is made with tags", "iam:UntagInstanceProfile": "tags of the account change",
    "iam:UpdateAssumeRolePolicy": "a new version of the module", "iam:UpdateRoleDescription": "a new version of the module",
    "iam:ListInstanceProfilesForRole": "a role is removed", "iam:DeleteRole": "the environment is removed",
    "iam:DeleteRolePolicy": "the environment is removed", "iam:DeleteInstanceProfile": "the environment is removed",
    "iam:RemoveRoleFromInstanceProfile": "the environment is removed",
    "ssm:UpdateDocument": "another database or a new version of the module",
    "ssm:UpdateDocumentDefaultVersion": "another database or a new version of the module",
    "ssm:DeleteDocument": "the environment is removed",
    "sqs:SetQueueAttributes": "a new version of the module", "sqs:DeleteQueue": "the environment is removed",
    "logs:AssociateKmsKey": "another key", "cloudwatch:DeleteAlarms": "the environment is removed",
    "ec2:ModifySecurityGroupRules": "another port",
    "ec2:StopInstances": "a change that needs a stopped instance", "ec2:DeleteSecurityGroup": "the environment is removed",
    "ec2:DescribeNetworkInterfaces": "a group is removed while an interface leaves it",
    "ec2:DescribePrefixLists": "rules to prefix lists", "ec2:DescribeInstanceTypeOfferings": "several subnets",
    "ec2:DeleteTags": "a tag is removed",
    "ec2:DescribeVpcEndpoints": "vpc_endpoint_security_group_ids is not given",
}


def token(subject, workflow="apply", ref="refs/heads/main", **other):
    claims = {"aud": "sts.amazonaws.com", "sub": subject,
              "job_workflow_ref": f"acme/infrastructure/.github/workflows/{workflow}.yml@{ref}", **other}
    return {f"{ISSUER}:{claim}".replace(":", "__"): value for claim, value in claims.items()}


def moment(**delta):
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    return (now + datetime.timedelta(**delta)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Recorded(Stack):
    """A stack whose calls to AWS are recorded, as the provider logs them."""

    def __init__(self, directory):
        self.environment = {"TF_LOG_PROVIDER": "DEBUG", "TF_LOG_PATH": os.path.join(directory, "calls.log")}
        super().__init__(directory)

    def calls(self):
        """The actions since the last time."""
        log = os.path.join(self.directory, "calls.log")
        with open(log, encoding="utf-8", errors="replace") as file:
            text = file.read()
        os.remove(log)
        # the provider logs the fields in any order, and a request's body over many lines
        sent = [(re.search(r"rpc\.method=(\w+)", line), re.search(r'rpc\.service=(?:"([^"]+)"|(\w+))', line))
                for line in text.splitlines()]
        named = [(service[1] or service[2], method[1]) for method, service in sent if method and service]
        # iam:GetUser is the provider's second way to find the account's id, when STS does not answer it in time
        return {f"{PREFIXES[service]}:{method}" for service, method in named if service in PREFIXES} - {"iam:GetUser"}


def applied_and_the_second_plan_is_empty(stack):
    # Beside it, since both wait more than they compute: the provider looks at a new queue or a bucket's rules for half a minute.
    stack.lives = concurrent.futures.ThreadPoolExecutor(1).submit(recorded_lives, stack)
    changes = stack.apply()
    same("what the first apply does", {tuple(a) for a in changes.values()}, {("create",)})
    same("the second plan", stack.plan(), {})
    account = stack.outputs()["account"]
    same("its entry of ledger.yaml", account["ledger_account"], {
        "id": ACCOUNT, "regions": ["eu-west-1"], "external_id": "acme-bastion", "state_bucket": f"bastion-state-{ACCOUNT}",
        **{f"{role}_role": f"arn:aws:iam::{ACCOUNT}:role/bastion-{role}" for role in ("watch", "apply", "plan")}})
    for role in ("plan", "apply", "watch"):
        there = client("iam").get_role(RoleName=f"bastion-{role}")["Role"]["AssumeRolePolicyDocument"]
        same(f"the trust of {role}", there, json.loads(account["trust_policies"][role]))


def tokens_of_both_forms_take_the_roles_and_no_other(stack):
    trust = {role: json.loads(text) for role, text in stack.outputs()["account"]["trust_policies"].items()}
    names, ids = "repo:acme/infrastructure", "repo:acme@123456/infrastructure@456789"
    main, pulls = ":ref:refs/heads/main", ":pull_request"
    rows = [  # token, whether it applies, whether it plans
        (token(names + main), True, False), (token(ids + main), True, False),
        (token(names + main, "plan"), False, True), (token(ids + main, "plan"), False, True),
        (token(names + pulls, "plan"), False, True), (token(ids + pulls, "plan"), False, True),
        (token(names + main, "drift"), False, True), (token(ids + main, "drift"), False, True),
        (token(ids + pulls, "drift"), False, False), (token(ids + pulls), False, False),
        (token(ids + main, "evil"), False, False), (token(ids + ":ref:refs/heads/topic"), False, False),
        (token(ids + main, "apply", "refs/heads/topic"), False, False),
        (token(ids + pulls, "plan", "refs/pull/7/merge"), False, False),
        (token("repo:acme@123456/infrastructure@999999" + main), False, False),
        (token("repo:acme@999999/infrastructure@456789" + main), False, False),
        (token("repo:evil/infrastructure" + main), False, False),
        (token("repo:acme/infrastructure-evil" + main), False, False),
        (token(ids + ":environment:bastion-apply"), False, False),
        (token(ids + main, aud="https://github.com/acme"), False, False),
        (token(ids + main, job_workflow_ref="evil/x/.github/workflows/apply.yml@refs/heads/main"), False, False),
        (token(ids + main, job_workflow_ref="acme/infrastructure/.github/workflows/apply.yml@refs/heads/main-2"), False, False),
    ]
    for claims, applies_, plans in rows:
        said = json.dumps(claims)
        same(f"apply by {said}", allows(trust["apply"], TAKE, **claims), applies_)
        same(f"plan by {said}", allows(trust["plan"], TAKE, **claims), plans)
        same(f"watch by {said}", allows(trust["watch"], TAKE, **claims), False)
    no_workflow = {k: v for k, v in token(ids + main).items() if "workflow" not in k}
    same("a token without job_workflow_ref", allows(trust["apply"], TAKE, **no_workflow), False)
    same("the service", allows(trust["watch"], "sts:AssumeRole", sts__ExternalId="acme-bastion"), True)
    same("the service without the external id", allows(trust["watch"], "sts:AssumeRole"), False)
    same("the service with another one", allows(trust["watch"], "sts:AssumeRole", sts__ExternalId="other"), False)


def recorded_lives(stack):
    """The calls of a closed environment's first apply, an opening, an extension, a plan and a closing, by step."""
    network = Stack(os.path.join(stack.directory, "../network"))
    network.apply()
    given = {k: network.outputs()["prerequisites"][k] for k in
             ("vpc_id", "subnet_id", "rds_security_group_id", "vpc_endpoint_security_group_ids", "kms_key_arn")}
    life = Recorded(os.path.join(stack.directory, "../bastion"))
    grant = {"requested_by_user_id": "U12345678", "requested_by_username": "john.doe", "created_at": moment(minutes=-1),
             "expires_at": moment(hours=1), "request_id": "01JHR7Z9C0V6T1",
             "commit_sha": "0123456789abcdef0123456789abcdef01234567"}
    steps = {}
    life.apply(network=given)
    steps["first apply"] = life.calls()
    life.apply(grant=grant)
    steps["opening"] = life.calls()
    life.plan()
    steps["plan"] = life.calls()
    life.apply(grant={**grant, "expires_at": moment(hours=2)})
    steps["extension"] = life.calls()
    life.apply(grant={})
    steps["closing"] = life.calls()
    return steps


def every_call_of_a_life_is_allowed_and_each_action_is_needed(stack):
    documents = {role: json.loads(text) for role, text in stack.outputs()["account"]["policies"].items()}
    given = {"plan": actions(documents["plan"]), "apply": actions(documents["plan"]) | actions(documents["apply"])}
    steps = stack.lives.result()
    for step, calls in steps.items():
        same(f"calls recorded of {step}", len(calls) > 5, True)
        role = "plan" if step == "plan" else "apply"
        same(f"calls of {step} that the {role} role does not allow", sorted(calls - given[role]), [])
    needed = set().union(*steps.values())
    # One action less, and a call of a life is refused; the rest is named with its reason.
    same("allowed, and for nothing", sorted(given["apply"] - needed - set(BESIDE_CALLS) - set(OTHER_STATES)), [])
    same("named as of another state, and called here", sorted(needed & set(OTHER_STATES)), [])
    same("named with a reason, and not allowed", sorted((set(BESIDE_CALLS) | set(OTHER_STATES)) - given["apply"]), [])
    writes = re.compile(r":(?!Describe|Get|List)")
    same("what the plan role writes", sorted(a for a in given["plan"] if writes.search(a)),
         ["kms:Decrypt", "kms:GenerateDataKey", "s3:DeleteObject", "s3:PutObject"])
    print("    calls: " + ", ".join(f"{step} {len(calls)}" for step, calls in steps.items()))


def the_roles_reach_bastions_alone(stack):
    documents = {role: json.loads(text) for role, text in stack.outputs()["account"]["policies"].items()}
    plan, apply_, watch = documents["plan"], [documents["plan"], documents["apply"]], documents["watch"]
    here, elsewhere = {"aws__RequestedRegion": "eu-west-1"}, {"aws__RequestedRegion": "us-east-1"}
    instance = f"arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/i-1"
    role = f"arn:aws:iam::{ACCOUNT}:role/"
    state = f"arn:aws:s3:::bastion-state-{ACCOUNT}/dev/bastion/terraform.tfstate"
    ours, others = {"aws__ResourceTag/ManagedBy": "bastion"}, {"aws__ResourceTag/ManagedBy": "other"}
    rows = [
        ("a bastion is ended by the service", watch, "ec2:TerminateInstances", instance, ours, True),
        ("no other instance is", watch, "ec2:TerminateInstances", instance, others, False),
        ("nor by CI", apply_, "ec2:TerminateInstances", instance, others, False),
        ("nor by the plan role", plan, "ec2:TerminateInstances", instance, ours, False),
        ("nor in another region", watch, "ec2:TerminateInstances", instance.replace("eu-west-1", "us-east-1"), ours, False),
        ("the service starts nothing", watch, "ec2:RunInstances", instance, {"aws__RequestTag/ManagedBy": "bastion"}, False),
        ("the service looks here", watch, "ec2:DescribeInstances", "*", here, True),
        ("and not elsewhere", watch, "ec2:DescribeInstances", "*", elsewhere, False),
        ("CI launches what has our tag", apply_, "ec2:RunInstances", instance, {"aws__RequestTag/ManagedBy": "bastion"}, True),
        ("and nothing else", apply_, "ec2:RunInstances", instance, {"aws__RequestTag/ManagedBy": "x"}, False),
        ("no instance without a tag", apply_, "ec2:RunInstances", instance, {}, False),
        ("no tag makes another instance ours", apply_, "ec2:CreateTags", instance, others, False),
        ("a bastion's role is made", apply_, "iam:PutRolePolicy", role + "bastion-orders-dev", {}, True),
        ("with a path", apply_, "iam:PutRolePolicy", role + "teams/x/bastion-orders-dev", {}, True),
        ("no other role", apply_, "iam:PutRolePolicy", role + "admin", {}, False),
        ("not the apply role itself", apply_, "iam:PutRolePolicy", role + "bastion-apply", {}, False),
        ("nor who may take it", apply_, "iam:UpdateAssumeRolePolicy", role + "bastion-plan", {}, False),
        ("nor is the watch role removed", apply_, "iam:DeleteRole", role + "bastion-watch", {}, False),
        ("the apply role is given to no instance", apply_, "iam:PassRole", role + "bastion-apply", {"iam__PassedToService": "ec2.amazonaws.com"}, False),
        ("a bastion's is", apply_, "iam:PassRole", role + "bastion-orders-dev", {"iam__PassedToService": "ec2.amazonaws.com"}, True),
        ("and to no other service", apply_, "iam:PassRole", role + "bastion-orders-dev", {"iam__PassedToService": "lambda.amazonaws.com"}, False),
        ("the plan role writes no state", plan, "s3:PutObject", state, {}, False),
        ("it takes the lock", plan, "s3:PutObject", state + ".tflock", {}, True),
        ("it reads the state", plan, "s3:GetObject", state, {}, True),
        ("CI writes the state", apply_, "s3:PutObject", state, {}, True),
        ("and removes none", apply_, "s3:DeleteObject", state, {}, False),
        ("nor other buckets", apply_, "s3:PutObject", "arn:aws:s3:::other/x", {}, False),
        ("the audit log is not deleted", apply_, "logs:DeleteLogGroup", f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/bastion/orders/dev/sessions", {}, False),
        ("the volume's key by EC2 alone", apply_, "kms:CreateGrant", "*", {}, False),
    ]
    for what, documents_, action, resource, context, allowed in rows:
        same(f"{what}: {action} on {resource}", allows(documents_, action, resource, **context), allowed)


PLAY = [
    applied_and_the_second_plan_is_empty,
    tokens_of_both_forms_take_the_roles_and_no_other,
    the_roles_reach_bastions_alone,
    every_call_of_a_life_is_allowed_and_each_action_is_needed,
]

if __name__ == "__main__":
    play("account", PLAY)
