#!/usr/bin/env python3
"""The emulator must be able to say no: an SSM agent comes online only where it could, and ends end what they should.

honesty.py SHIM starts an emulator of its own for each case. Prints a line per case; exits 1 at the first surprise.
"""

import datetime
import json
import subprocess
import sys
import time

import boto3

REGION = "eu-west-1"
AGENT = ["ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
         "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]


class Emulator:
    def __init__(self, *flags):
        self.process = subprocess.Popen([sys.executable, sys.argv[1], "--agent-delay-seconds", "0", "--with-parent", *flags],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[1]

    def client(self, service):
        return boto3.client(service, region_name=REGION, endpoint_url=self.url)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def moment(**delta):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**delta)).strftime("%Y-%m-%dT%H:%M:%SZ")


def role(emulator, name, service, statements):
    iam = emulator.client("iam")
    trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statements}))
    return arn


def instance(emulator, actions=AGENT, egress=443, ingress=True, services=("ssm", "ssmmessages"),
             expires_at=None, user_data="bastion-expiry"):
    """One instance in a private subnet; each argument takes something from what the agent needs."""
    ec2, iam = emulator.client("ec2"), emulator.client("iam")
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.1.0/24")["Subnet"]["SubnetId"]
    own = ec2.create_security_group(GroupName="own", Description="own", VpcId=vpc)["GroupId"]
    endpoints = ec2.create_security_group(GroupName="endpoints", Description="endpoints", VpcId=vpc)["GroupId"]
    ec2.revoke_security_group_egress(GroupId=own, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    ec2.authorize_security_group_egress(GroupId=own, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": egress, "ToPort": egress, "UserIdGroupPairs": [{"GroupId": endpoints}]}])
    if ingress:
        ec2.authorize_security_group_ingress(GroupId=endpoints, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": own}]}])
    for service in services:
        ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=f"com.amazonaws.{REGION}.{service}", VpcEndpointType="Interface",
                                SubnetIds=[subnet], SecurityGroupIds=[endpoints], PrivateDnsEnabled=True)
    role(emulator, "agent", "ec2.amazonaws.com", [{"Effect": "Allow", "Action": actions, "Resource": "*"}] if actions else
         [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}])
    iam.create_instance_profile(InstanceProfileName="agent")
    iam.add_role_to_instance_profile(InstanceProfileName="agent", RoleName="agent")
    tags = [{"Key": "ManagedBy", "Value": "bastion"}] + ([{"Key": "ExpiresAt", "Value": expires_at}] if expires_at else [])
    return ec2.run_instances(
        ImageId="ami-00000000000000001", MinCount=1, MaxCount=1, SubnetId=subnet, SecurityGroupIds=[own],
        IamInstanceProfile={"Name": "agent"}, UserData=user_data, InstanceInitiatedShutdownBehavior="terminate",
        MetadataOptions={"HttpTokens": "required", "InstanceMetadataTags": "enabled", "HttpEndpoint": "enabled"},
        TagSpecifications=[{"ResourceType": "instance", "Tags": tags}])["Instances"][0]["InstanceId"]


def state(emulator, instance_id):
    found = emulator.client("ec2").describe_instances(InstanceIds=[instance_id])
    return found["Reservations"][0]["Instances"][0]["State"]["Name"]


def online(emulator):
    return [i["InstanceId"] for i in emulator.client("ssm").describe_instance_information()["InstanceInformationList"]]


def agent_is(wanted, **missing):
    with Emulator() as emulator:
        found = instance(emulator, **missing)
        seen = online(emulator)
        assert seen == ([found] if wanted else []), f"agents online: {seen}"


def ends(seconds, wanted, flags, **arguments):
    """Whether the instance is in the wanted state within so many seconds, or still in it after them."""
    with Emulator(*flags) as emulator:
        found = instance(emulator, **arguments)
        if "--schedules" in flags:
            schedule(emulator, found)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and (wanted == "running" or state(emulator, found) != wanted):
            time.sleep(0.2)
        assert state(emulator, found) == wanted, f"it is {state(emulator, found)}"
        return emulator


def schedule(emulator, instance_id, profile="agent"):
    statements = [{"Effect": "Allow", "Action": "ec2:TerminateInstances", "Resource": "arn:aws:ec2:eu-west-1:123456789012:instance/*",
                   "Condition": {"ArnEquals": {"ec2:InstanceProfile": f"arn:aws:iam::123456789012:instance-profile/{profile}"}}}]
    emulator.client("scheduler").create_schedule(
        Name="end", ScheduleExpression="rate(10 minutes)", StartDate=moment(minutes=5), FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": "arn:aws:scheduler:::aws-sdk:ec2:terminateInstances",
                "RoleArn": role(emulator, "end", "scheduler.amazonaws.com", statements),
                "DeadLetterConfig": {"Arn": "arn:aws:sqs:eu-west-1:123456789012:failed"},
                "Input": json.dumps({"InstanceIds": [instance_id]})})


def a_failed_end_is_buried(ended_before=False):
    """Of an instance with another profile, and of one that has ended, whose profile AWS may no longer know."""
    with Emulator("--schedules", "--schedules-early-seconds", "298") as emulator:
        found = instance(emulator)
        queue = emulator.client("sqs").create_queue(QueueName="failed")["QueueUrl"]
        if ended_before:
            emulator.client("ec2").terminate_instances(InstanceIds=[found])
        schedule(emulator, found, profile="agent" if ended_before else "another")
        deadline = time.monotonic() + 15
        while not (messages := emulator.client("sqs").receive_message(QueueUrl=queue).get("Messages")):
            assert time.monotonic() < deadline, "nothing in the dead letter queue"
            time.sleep(0.2)
        assert json.loads(messages[0]["Body"]) == {"InstanceIds": [found]}
        assert state(emulator, found) == ("terminated" if ended_before else "running"), "its role did not allow that"


def a_schedule_fires_again():
    """The second shot, ten minutes after the first, comes some seconds after the start of an emulator that is so much ahead."""
    with Emulator("--schedules", "--schedules-early-seconds", "893") as emulator:
        found = instance(emulator)
        queue = emulator.client("sqs").create_queue(QueueName="failed")["QueueUrl"]
        schedule(emulator, found, profile="another")
        deadline = time.monotonic() + 30
        while messages_in(emulator, queue) < 2:
            assert time.monotonic() < deadline, f"{messages_in(emulator, queue)} messages in the dead letter queue"
            time.sleep(0.2)


def messages_in(emulator, queue):
    found = emulator.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["ApproximateNumberOfMessages"])
    return int(found["Attributes"]["ApproximateNumberOfMessages"])


CASES = {
    "an agent with all it needs is online": lambda: agent_is(True),
    "without an action of its role it is not": lambda: agent_is(False, actions=AGENT[1:]),
    "without any it is not": lambda: agent_is(False, actions=[]),
    "with another port open it is not": lambda: agent_is(False, egress=80),
    "when the endpoints do not let it in it is not": lambda: agent_is(False, ingress=False),
    "without the message endpoint it is not": lambda: agent_is(False, services=["ssm"]),
    "without endpoints and a way out it is not": lambda: agent_is(False, services=[]),
    "the guest timer ends what has expired": lambda: ends(15, "terminated", ["--guest-timer"], expires_at=moment(seconds=3)),
    "not what has time left": lambda: ends(4, "running", ["--guest-timer"], expires_at=moment(hours=1)),
    "it fails closed without the tag": lambda: ends(15, "terminated", ["--guest-timer"]),
    "it is not there without its user data": lambda: ends(4, "running", ["--guest-timer"], user_data="#!/bin/sh"),
    "switched off, nothing ends": lambda: ends(4, "running", [], expires_at=moment(hours=-1)),
    "the schedule ends alone": lambda: ends(15, "terminated", ["--schedules", "--schedules-early-seconds", "298"]),
    "not before its time": lambda: ends(4, "running", ["--schedules"]),
    "a failed end is buried": a_failed_end_is_buried,
    "a schedule fires again": a_schedule_fires_again,
    "the end of what has ended may fail": lambda: a_failed_end_is_buried(ended_before=True),
}


def main():
    for name, case in CASES.items():
        begun = time.monotonic()
        try:
            case()
        except AssertionError as surprise:
            print(f"  {name}: FAILED: {surprise}")
            sys.exit(1)
        print(f"  {name} ({time.monotonic() - begun:.1f} s)", flush=True)


if __name__ == "__main__":
    main()
