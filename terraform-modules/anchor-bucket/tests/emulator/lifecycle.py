#!/usr/bin/env python3
"""The anchors' bucket on the emulator, looked at from outside. See play.py."""

import datetime
import os
import sys

import botocore.exceptions

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))
from play import Stack, client, play, same  # noqa: E402

NAME = "acme-ledger-anchors"
KEY = "ledger/2026/01/15T12-00-00Z-8f4e1c0d9b7a.txt"

s3 = client("s3")


def applied_and_the_second_plan_is_empty(stack):
    changes = stack.apply()
    same("what the first apply does", {tuple(a) for a in changes.values()}, {("create",)})
    same("the second plan", stack.plan(), {})


def the_bucket_keeps_what_it_gets(_):
    lock = s3.get_object_lock_configuration(Bucket=NAME)["ObjectLockConfiguration"]
    kept = lock["Rule"]["DefaultRetention"]
    same("Object Lock", (lock["ObjectLockEnabled"], kept["Mode"], kept["Days"]), ("Enabled", "COMPLIANCE", 2192))
    same("versions", s3.get_bucket_versioning(Bucket=NAME)["Status"], "Enabled")
    block = s3.get_public_access_block(Bucket=NAME)["PublicAccessBlockConfiguration"]
    same("it keeps everybody out", set(block.values()), {True})


def an_anchor_cannot_be_deleted(_):
    # The emulator refuses what a statement denies under any condition; policies.tftest.hcl has the policy.
    s3.delete_bucket_policy(Bucket=NAME)
    version = s3.put_object(Bucket=NAME, Key=KEY, Body=b"Bastion-Anchor: 1\n")["VersionId"]
    kept = s3.head_object(Bucket=NAME, Key=KEY)
    same("its mode", kept["ObjectLockMode"], "COMPLIANCE")
    days = (kept["ObjectLockRetainUntilDate"] - datetime.datetime.now(datetime.timezone.utc)).days
    same("its days, but for the moment since", days in (2191, 2192), True)
    try:
        s3.delete_object(Bucket=NAME, Key=KEY, VersionId=version)
        raise AssertionError("the anchor could be deleted")
    except botocore.exceptions.ClientError as refused:
        same("the refusal", refused.response["Error"]["Code"], "AccessDenied")


def a_hidden_anchor_is_still_there(_):
    s3.delete_object(Bucket=NAME, Key=KEY)
    s3.put_object(Bucket=NAME, Key=KEY, Body=b"another\n")
    versions = s3.list_object_versions(Bucket=NAME, Prefix="ledger/")["Versions"]
    bodies = {s3.get_object(Bucket=NAME, Key=KEY, VersionId=v["VersionId"])["Body"].read() for v in versions}
    same("every version", bodies, {b"Bastion-Anchor: 1\n", b"another\n"})


def a_destroy_takes_no_anchor(stack):
    try:
        stack.run("destroy", "-auto-approve", "-input=false")
        destroyed = True
    except AssertionError:
        destroyed = False
    same("the bucket was destroyed", destroyed, False)
    same("the anchors", len(s3.list_object_versions(Bucket=NAME)["Versions"]), 2)


if __name__ == "__main__":
    play("anchor-bucket", [
        applied_and_the_second_plan_is_empty,
        the_bucket_keeps_what_it_gets,
        an_anchor_cannot_be_deleted,
        a_hidden_anchor_is_still_there,
        a_destroy_takes_no_anchor,
    ])
