#!/usr/bin/env python3
"""Breaks each promise of the modules once, and sees that a test turns red. Run by `test.sh mutations`.

A mutation is one replacement in one file of a copy (of the bastion module, where no other is named); the named test file
must then fail, and for the right reason: the named run must be the one that failed. `lifecycle.py` and
`subnets.tftest.hcl` need AWS_ENDPOINT_URL; the former is the only one that takes minutes.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TERRAFORM = os.environ.get("TERRAFORM", "terraform")

STRUCTURE, POLICIES, VALIDATIONS, LIFECYCLE = "structure.tftest.hcl", "policies.tftest.hcl", "validations.tftest.hcl", "lifecycle.py"
SUBNETS, CALLERS, CHOICE = "emulator/subnets.tftest.hcl", "callers.tftest.hcl", "subnets.tftest.hcl"

SSH = '''
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  count             = local.here
  security_group_id = aws_security_group.bastion[0].id
  description       = "SSH"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "10.0.0.0/8"
}
'''

WAY_OUT = '''
resource "aws_internet_gateway" "out" {
  vpc_id = aws_vpc.this[0].id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.private[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.out.id
}

'''

# what is broken, file, what is replaced, by what, the test file, the run that must fail
MUTATIONS = [
    ("a public address", "main.tf", "associate_public_ip_address = false", "associate_public_ip_address = true", STRUCTURE, "open_private_and_hardened"),
    ("a public subnet is taken", "main.tf", "!self.map_public_ip_on_launch", "self.map_public_ip_on_launch != null", VALIDATIONS, "a_public_subnet"),
    ("a table that leads to the internet is taken", "main.tf", '!startswith(route.gateway_id, "igw-")', 'route.gateway_id != "x"', VALIDATIONS, "a_subnet_whose_table_leads_to_the_internet"),
    ("a subnet's own table is not looked at", "main.tf", "concat(flatten(data.aws_route_tables.own[*].ids), flatten(data.aws_route_tables.main[*].ids))", "concat(flatten(data.aws_route_tables.main[*].ids), flatten(data.aws_route_tables.own[*].ids))", VALIDATIONS, "the_subnets_own_table_counts"),
    ("a subnet's own table is not found", "main.tf", '"association.subnet-id"', '"association.route-table-id"', SUBNETS, "a_private_subnet_in_a_vpc_that_has_public_ones"),
    ("a full subnet is taken", "main.tf", " && subnet.available_ip_address_count > 0", "", CHOICE, "the_first_subnet_with_the_type_and_room"),
    ("a zone without the type is taken", "main.tf", "contains(local.with_type, subnet.availability_zone) && ", "", CHOICE, "the_first_subnet_with_the_type_and_room"),
    ("a tag that hides the end from the guest", "main.tf", "data.aws_default_tags.this.tags, local.tags", "local.tags", VALIDATIONS, "a_default_tag_that_the_metadata_service_does_not_take"),
    ("a caller's tag hides the module's", "main.tf", "tags = merge(var.tags, {", "tags = merge({", STRUCTURE, "tags_path_and_boundary_of_an_account"),
    ("a role without the boundary", "iam.tf", "  permissions_boundary = var.permissions_boundary\n", "", STRUCTURE, "tags_path_and_boundary_of_an_account"),
    ("IMDSv1", "main.tf", 'http_tokens                 = "required"', 'http_tokens                 = "optional"', STRUCTURE, "open_private_and_hardened"),
    ("two hops to the metadata", "main.tf", "http_put_response_hop_limit = 1", "http_put_response_hop_limit = 2", STRUCTURE, "open_private_and_hardened"),
    ("a volume in the clear", "main.tf", "encrypted             = true", "encrypted             = false", STRUCTURE, "open_private_and_hardened"),
    ("a shutdown only stops", "main.tf", 'behavior = "terminate"', 'behavior = "stop"', STRUCTURE, "open_private_and_hardened"),
    ("out to any database", "network.tf", 'description                  = "To the database"\n  ip_protocol                  = "tcp"\n  from_port                    = local.database_port\n  to_port                      = local.database_port',
     'description                  = "To the database"\n  ip_protocol                  = "tcp"\n  from_port                    = 0\n  to_port                      = 65535', STRUCTURE, "open_rules_by_group_only"),
    ("the internet by default", "variables.tf", 'variable "allow_internet_https_egress" {\n  description = "Lets the bastion call 443 anywhere. Only for a VPC that has a NAT gateway and no interface endpoints."\n  type        = bool\n  default     = false',
     'variable "allow_internet_https_egress" {\n  description = "x"\n  type        = bool\n  default     = true', STRUCTURE, "open_rules_by_group_only"),
    ("a wider role", "iam.tf", '"ssmmessages:OpenDataChannel",', '"ssmmessages:OpenDataChannel",\n      "ssm:GetParameter",', POLICIES, "the_bastions_role_is_its_agents_five_actions"),
    ("anybody's scheduler", "expiry.tf", 'variable = "aws:SourceAccount"', 'variable = "aws:PrincipalAccount"', POLICIES, "only_the_scheduler_of_this_account_ends_it"),
    ("the schedule may end anything", "expiry.tf", "Resource  = local.instance_arn", 'Resource  = "*"', STRUCTURE, "the_schedules_role_ends_this_bastion_alone"),
    ("a person chooses the host", "sessions.tf", "host            = local.database_host", 'host            = "{{ host }}"', STRUCTURE, "the_port_document_forwards_to_the_database_alone"),
    ("the document goes unchecked", "iam.tf", 'BoolIfExists = { "ssm:SessionDocumentAccessCheck" = "true" }', 'Bool = { "aws:SecureTransport" = "true" }', STRUCTURE, "a_person_gets_this_bastion_and_no_other_way"),
    ("AWS's own documents are allowed", "iam.tf", '"arn:${local.partition}:ssm:*::document/AWS-*",', "", STRUCTURE, "a_person_gets_this_bastion_and_no_other_way"),
    ("shells are not streamed", "sessions.tf", "cloudWatchStreamingEnabled  = true", "cloudWatchStreamingEnabled  = false", STRUCTURE, "shells_are_logged_and_encrypted"),
    ("a destroy takes the audit log", "sessions.tf", "skip_destroy      = true", "skip_destroy      = false", STRUCTURE, "closed_leaves_the_log_and_the_queue_alone"),
    ("no clock at the gate", "main.tf", "!(var.auto_terminate && local.expired)", "true", STRUCTURE, "an_expired_grant_creates_nothing"),
    ("the end in user data", "main.tf", 'var.auto_terminate ? local.user_data : null', '"${local.user_data}# ${var.expires_at}"', STRUCTURE, "it_ends_by_itself"),
    ("the schedule is late", "expiry.tf", '"5m"', '"5h"', STRUCTURE, "it_ends_by_itself"),
    ("no request id", "main.tf", "RequestId           = var.request_id", "RequestId           = null", STRUCTURE, "open_tags_lead_back_to_the_ledger"),
    ("no ledger", "main.tf", "Ledger              = ", "Book                = ", STRUCTURE, "open_tags_lead_back_to_the_ledger"),
    ("an end in another time zone", "variables.tf", 'T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", var.expires_at', 'T[0-9]{2}:[0-9]{2}:[0-9]{2}", var.expires_at', VALIDATIONS, "expires_at_with_an_offset"),
    ("any span between two moments", "variables.tf", "timeadd(var.created_at, \"${var.longest_grant_hours}h\")", 'timeadd(var.created_at, "9000h")', VALIDATIONS, "expires_at_beyond_the_longest_grant"),
    ("a grant from tomorrow", "variables.tf", 'timeadd(plantimestamp(), "5m")', 'timeadd(plantimestamp(), "500h")', VALIDATIONS, "created_at_tomorrow"),
    ("an hour ahead, as local time is", "variables.tf", 'timeadd(plantimestamp(), "5m")', 'timeadd(plantimestamp(), "1h")', VALIDATIONS, "created_at_in_ten_minutes"),
    ("an x86 type with the ARM image", "main.tf", "(a1|[a-z]+[0-9]+g[a-z0-9-]*)[.]", "(a1|[a-z]+[0-9]+[a-z0-9-]*)[.]", VALIDATIONS, "x86_type_with_an_arm_image"),
    ("the port of the endpoint is lost", "main.tf", 'try(tonumber(split(":", var.rds_endpoint)[1]), coalesce(var.rds_port, 5432))', "coalesce(var.rds_port, 5432)", CALLERS, "the_port_of_the_endpoint_counts"),
    ("endpoints of any VPC", "network.tf", "  vpc_id       = var.vpc_id\n  service_name", "  service_name", CALLERS, "the_groups_of_the_endpoints_are_looked_up"),
    ("an endpoint without a name", "network.tf", "self.private_dns_enabled && ", "", VALIDATIONS, "an_endpoint_that_the_agent_cannot_reach"),
    ("port 22 open", "network.tf", "# Nothing in;", SSH + "# Nothing in;", LIFECYCLE, "only these ports are open"),
    ("a key pair", "main.tf", "monitoring    = true", 'monitoring    = true\n  key_name      = "mine"', LIFECYCLE, "the instance is as promised"),
    ("the agent cannot register", "network.tf", 'from_port                    = 443\n  to_port                      = 443\n  referenced_security_group_id = aws', 'from_port                    = 80\n  to_port                      = 80\n  referenced_security_group_id = aws', LIFECYCLE, "only these ports are open"),
    ("the end replaces the instance", "main.tf", 'var.auto_terminate ? local.user_data : null', '"${local.user_data}# ${var.expires_at}"\n  user_data_replace_on_change = true', LIFECYCLE, "extension is three changes in place"),
    ("the audit log behind the gate", "sessions.tf", '"aws_cloudwatch_log_group" "sessions" {', '"aws_cloudwatch_log_group" "sessions" {\n  count = local.here', LIFECYCLE, "closed nothing leads to the database"),
    ("a subnet that gives public addresses", "prerequisites/main.tf", "map_public_ip_on_launch = false", "map_public_ip_on_launch = true", STRUCTURE, "a_private_vpc"),
    ("a zone that moves a subnet", "prerequisites/main.tf", "ignore_changes = [availability_zone]", "ignore_changes = [tags]", STRUCTURE, "a_zone_that_comes_or_goes_moves_no_subnet"),
    ("the endpoints under names of their own", "prerequisites/main.tf", "private_dns_enabled = true", "private_dns_enabled = false", STRUCTURE, "the_way_to_systems_manager"),
    ("hosts of the VPC locked out of their names", "prerequisites/main.tf", "count = local.are_shared ? length(local.client_cidrs) : 0", "count = 0", STRUCTURE, "endpoints_of_an_existing_vpc_are_for_all_its_hosts"),
    ("a second endpoint of a service", "prerequisites/main.tf", "setsubtract(var.endpoints, var.existing_endpoints)", "var.endpoints", STRUCTURE, "existing_endpoints_are_used"),
    ("a key that does not turn", "prerequisites/key.tf", "enable_key_rotation     = true", "enable_key_rotation     = false", STRUCTURE, "a_key_that_turns"),
    ("volumes of any account", "prerequisites/key.tf", '"kms:CallerAccount"', '"aws:SourceAccount"', POLICIES, "who_may_use_the_key"),
    ("flows in the clear", "prerequisites/flow-logs.tf", "kms_key_id        = local.kms_key_arn", "", STRUCTURE, "logs_are_encrypted_and_kept"),
    ("resumed sessions are not kept", "prerequisites/session-metadata.tf", '"ResumeSession", ', "", STRUCTURE, "logs_are_encrypted_and_kept"),
    ("a trail in a public bucket", "prerequisites/session-metadata.tf", "restrict_public_buckets = true", "restrict_public_buckets = false", STRUCTURE, "an_own_trail"),
    ("a way out of the private subnets", "prerequisites/main.tf", '# The way to Systems', WAY_OUT + '# The way to Systems', LIFECYCLE, "nothing leads out"),
    ("the VPC decided by an id not yet known", "prerequisites/main.tf", "length(var.private_subnet_ids) == 0 ? 1 : 0", "var.vpc_id == null ? 1 : 0", LIFECYCLE, "applied and the second plan is empty"),
    ("a destroy takes who opened sessions", "prerequisites/session-metadata.tf", "skip_destroy      = true", "skip_destroy      = false", LIFECYCLE, "destroyed who opened sessions is still there"),
    ("anchors without versions", "anchor-bucket/main.tf", 'status = "Enabled"', 'status = "Suspended"', STRUCTURE, "nothing_is_deleted_before_its_time"),
    ("a retention of a day", "anchor-bucket/main.tf", "days = var.retention_days", "days = 1", STRUCTURE, "nothing_is_deleted_before_its_time"),
    ("a destroy takes the anchors", "anchor-bucket/main.tf", "object_lock_enabled = true", "object_lock_enabled = true\n  force_destroy       = true", STRUCTURE, "nothing_is_deleted_before_its_time"),
    ("anchors that can be made public", "anchor-bucket/main.tf", "restrict_public_buckets = true", "restrict_public_buckets = false", STRUCTURE, "nobody_else_reads_it"),
    ("the writer may delete", "anchor-bucket/policy.tf", 'not_actions = ["s3:PutObject"]', 'not_actions = ["s3:PutObject", "s3:DeleteObjectVersion"]', POLICIES, "the_service_only_puts"),
    ("the writer may read", "anchor-bucket/policy.tf", 'actions   = ["s3:PutObject"]', 'actions   = ["s3:PutObject", "s3:GetObject"]', POLICIES, "the_service_only_puts"),
    ("anchors in the clear", "anchor-bucket/policy.tf", '"aws:SecureTransport"', '"aws:ViaAWSService"', POLICIES, "only_encrypted_connections"),
    ("a retention that can be bypassed", "anchor-bucket/policy.tf", '"s3:BypassGovernanceRetention", ', "", POLICIES, "nobody_shortens_the_retention"),
    ("no default retention", "anchor-bucket/main.tf", '    default_retention {\n      mode = var.retention_mode\n      days = var.retention_days\n    }', '    default_retention {\n      mode = "GOVERNANCE"\n      days = var.retention_days\n    }', LIFECYCLE, "the bucket keeps what it gets"),
    ("the service with a public address", "bastion-orchestrator/main.tf", "assign_public_ip = false", "assign_public_ip = true", STRUCTURE, "private_and_nothing_in"),
    ("a root file system that can be written", "bastion-orchestrator/main.tf", "readonlyRootFilesystem = true", "readonlyRootFilesystem = false", STRUCTURE, "a_container_that_can_do_little"),
    ("an image by tag", "bastion-orchestrator/variables.tf", "@sha256:[0-9a-f]{64}$", "[@:].*$", STRUCTURE, "refuses_an_image_by_tag"),
    ("a lost image takes the service away", "bastion-orchestrator/main.tf", "local.is_set_up || length(local.missing) == length(local.set_up)", "local.is_set_up || length(local.missing) > 0", STRUCTURE, "a_lost_image_does_not_take_the_service_away"),
    ("the service ends anything", "bastion-orchestrator/iam.tf", '"aws:ResourceTag/ManagedBy"', '"aws:PrincipalTag/ManagedBy"', POLICIES, "the_service_looks_and_ends_what_is_tagged"),
    ("silence is no alarm", "bastion-orchestrator/alarms.tf", 'treat_missing_data  = "breaching"', 'treat_missing_data  = "notBreaching"', STRUCTURE, "silence_is_an_alarm"),
    ("two at a time without a database", "bastion-orchestrator/main.tf", "local.has_database ? 200 : 100", "200", STRUCTURE, "alone_the_old_one_stops_first"),
]


def mutate(module, file, old, new):
    path = module / file
    text = path.read_text()
    if old not in text:
        sys.exit(f"mutations.py: {file} does not hold what is to be replaced:\n{old}")
    text = text.replace(old, new)
    if "user_data_replace_on_change" in new:
        text = text.replace("ignore_changes = [ami, user_data]", "ignore_changes = [ami]")
    if "count = local.here" in new and file == "sessions.tf":
        for other in (*module.glob("*.tf"),):
            if other != path:
                other.write_text(other.read_text().replace("aws_cloudwatch_log_group.sessions.name", "one(aws_cloudwatch_log_group.sessions[*].name)"))
        text = text.replace("aws_cloudwatch_log_group.sessions.name", "one(aws_cloudwatch_log_group.sessions[*].name)")
    path.write_text(text)


def outcome(module, test):
    arguments = ["-test-directory=tests/emulator"] if test == SUBNETS else []
    if test == LIFECYCLE:
        # The play before this one stopped in the middle of its life.
        urllib.request.urlopen(urllib.request.Request(os.environ["AWS_ENDPOINT_URL"] + "/moto-api/reset", method="POST")).close()
        command = [sys.executable, str(module / "tests/emulator/lifecycle.py")]
    else:
        subprocess.run([TERRAFORM, "init", "-backend=false", "-input=false", *arguments], cwd=module, check=True, stdout=subprocess.DEVNULL)
        command = [TERRAFORM, "test", "-no-color", f"-filter=tests/{test}", *arguments]
    return subprocess.run(command, cwd=module, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def turned_red(mutation):
    what, file, old, new, test, run = mutation
    module, file = file.split("/") if "/" in file else ("bastion", file)
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "terraform-modules"
        shutil.copytree(HERE, copy, ignore=shutil.ignore_patterns(".terraform", ".terraform.lock.hcl", "*.tfstate*"))
        mutate(copy / module, file, old, new)
        seen = outcome(copy / module, test)
    red = bool(re.search(rf'(run "{run}"\.\.\. fail|  {run}: FAILED)', seen.stdout))
    print(f"  {what}: {'red in' if red else 'NOT SEEN by'} {test}: {run}", flush=True)
    if not red:
        print("    | " + seen.stdout[-3000:].replace("\n", "\n    | "))
    return red


def main(wanted):
    chosen = [m for m in MUTATIONS if not wanted or any(w in m[0] or w == m[4] for w in wanted)]
    sys.exit(0 if all([turned_red(m) for m in chosen]) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
