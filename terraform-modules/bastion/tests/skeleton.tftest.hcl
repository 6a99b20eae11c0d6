# What stands while closed, and what an opening adds to it. Offline: nothing is asked of AWS.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_subnet" {
    defaults = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = false }
  }
  mock_data "aws_route_tables" {
    defaults = { ids = ["rtb-00000000000000001"] }
  }
  mock_data "aws_route_table" {
    defaults = { routes = [] }
  }
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-00000000000000001" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:bastion-orders-dev-failed-ends" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/bastion-orders-dev-end" }
  }
  mock_resource "aws_instance" {
    defaults = { id = "i-00000000000000001" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0000000000000000f" }
  }
}

variables {
  project_name                    = "orders"
  environment                     = "dev"
  vpc_id                          = "vpc-00000000000000001"
  subnet_id                       = "subnet-00000000000000001"
  rds_security_group_id           = "sg-00000000000000001"
  rds_endpoint                    = "orders.dev.internal"
  vpc_endpoint_security_group_ids = ["sg-0000000000000000a", "sg-0000000000000000b"]
  kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"

  deploy_bastion        = 1
  requested_by_user_id  = "U12345678"
  requested_by_username = "john.doe"
  created_at            = timestamp()
  expires_at            = timeadd(timestamp(), "2h")
  request_id            = "01JHR7Z9C0V6T1"
  ledger                = "github.com/Acme/infra"
  commit_sha            = "0123456789abcdef0123456789abcdef01234567"
}


run "closed_nothing_leads_to_the_database" {
  variables {
    deploy_bastion       = 0
    shell_access_enabled = true
  }

  assert {
    condition     = length(aws_instance.bastion) == 0 && length(aws_scheduler_schedule.end) == 0
    error_message = "closed, there must be no instance and no schedule"
  }
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.database) == 0 && length(aws_vpc_security_group_egress_rule.targets) == 0 && length(aws_vpc_security_group_egress_rule.endpoints) == 0 && length(aws_vpc_security_group_egress_rule.internet) == 0
    error_message = "closed, nothing may lead out of the bastion's group"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.database) == 0 && length(aws_vpc_security_group_ingress_rule.targets) == 0 && length(aws_vpc_security_group_ingress_rule.endpoints) == 0
    error_message = "closed, nothing may be left open in the database's or the endpoints' groups"
  }
  assert {
    condition     = aws_security_group.bastion[0].name == "bastion-orders-dev" && aws_iam_role.bastion[0].name == "bastion-orders-dev" && aws_iam_instance_profile.bastion[0].role == "bastion-orders-dev" && length(aws_iam_role_policy.agent) == 1
    error_message = "closed, the group and the role with its profile stand"
  }
  assert {
    condition     = aws_iam_role.end[0].name == "bastion-orders-dev-end" && length(aws_iam_role_policy.end) == 1 && aws_ssm_document.port[0].name == "bastion-orders-dev-port" && aws_ssm_document.shell[0].name == "bastion-orders-dev-shell"
    error_message = "closed, the scheduler's role and the documents stand"
  }
  assert {
    condition     = output.security_group_id == "sg-0000000000000000f" && output.role_name == "bastion-orders-dev" && output.port_document == "bastion-orders-dev-port" && output.port_documents == { database = "bastion-orders-dev-port" }
    error_message = "closed, the outputs name what stands"
  }
}

run "inline_rules_are_none" {
  variables {
    deploy_bastion = 0
  }

  assert {
    condition     = length([for rule in aws_security_group.bastion[0].ingress : rule]) == 0 && length([for rule in aws_security_group.bastion[0].egress : rule]) == 0
    error_message = "the standing group must have no rule of its own"
  }
}

run "an_opening_adds_rules_instance_and_schedule" {
  assert {
    condition     = length(aws_instance.bastion) == 1 && length(aws_scheduler_schedule.end) == 1
    error_message = "open, there must be the instance and its schedule"
  }
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.database) == 1 && length(aws_vpc_security_group_ingress_rule.database) == 1 && length(aws_vpc_security_group_egress_rule.endpoints) == 2 && length(aws_vpc_security_group_ingress_rule.endpoints) == 2
    error_message = "open, there must be the rules"
  }
  assert {
    condition     = aws_instance.bastion[0].iam_instance_profile == "bastion-orders-dev" && aws_instance.bastion[0].vpc_security_group_ids == toset(["sg-0000000000000000f"])
    error_message = "the instance must have the profile and the group that stood"
  }
}

# The first run of this state: what stands is not made anew for another image, script or subnet.
run "a_newer_image_is_for_the_next_bastion" {
  variables {
    ami_id     = "ami-00000000000000002"
    subnet_id  = "subnet-00000000000000002"
    expires_at = timeadd(timestamp(), "3h")
  }

  override_data {
    target = data.aws_ami.given
    values = { id = "ami-00000000000000002", architecture = "arm64", root_device_name = "/dev/xvda", block_device_mappings = [] }
  }

  assert {
    condition     = aws_instance.bastion[0].ami == "ami-00000000000000001"
    error_message = "another image must not touch a live bastion (ignore_changes)"
  }
  assert {
    condition     = aws_instance.bastion[0].subnet_id != "subnet-00000000000000002"
    error_message = "another subnet must not touch a live bastion (ignore_changes)"
  }
  assert {
    condition     = timecmp(aws_instance.bastion[0].tags["ExpiresAt"], timeadd(timestamp(), "150m")) > 0
    error_message = "an extension must move the tag"
  }
}

run "nothing_stands_where_it_is_turned_off" {
  variables {
    deploy_bastion = 0
    standing       = false
    standing_rules = true
  }

  assert {
    condition     = length(aws_security_group.bastion) + length(aws_iam_role.bastion) + length(aws_iam_role_policy.agent) + length(aws_iam_instance_profile.bastion) + length(aws_iam_role.end) + length(aws_iam_role_policy.end) + length(aws_ssm_document.port) + length(aws_vpc_security_group_ingress_rule.database) + length(aws_vpc_security_group_egress_rule.endpoints) == 0
    error_message = "standing = false must leave the log, the queue and its alarm alone"
  }
  assert {
    condition     = output.security_group_id == null && output.role_name == null && output.port_document == null && length(output.port_documents) == 0
    error_message = "nothing that is not there may be named"
  }
}

run "rules_may_stand_too" {
  variables {
    deploy_bastion = 0
    standing_rules = true
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.database) == 1 && length(aws_vpc_security_group_ingress_rule.database) == 1 && length(aws_vpc_security_group_egress_rule.endpoints) == 2 && length(aws_vpc_security_group_ingress_rule.endpoints) == 2
    error_message = "standing_rules must keep every rule"
  }
  assert {
    condition     = length(aws_instance.bastion) == 0 && length(aws_scheduler_schedule.end) == 0
    error_message = "standing_rules must keep no instance"
  }
}

run "the_databases_owner_makes_the_rule" {
  variables {
    create_database_rule = false
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.database) == 0 && length(aws_vpc_security_group_egress_rule.database) == 1
    error_message = "create_database_rule = false must leave the database's group alone, and only that"
  }
}

run "the_schedulers_role_is_bound_to_the_profile_with_its_path" {
  variables {
    deploy_bastion = 0
    iam_path       = "/bastion/"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.end[0].policy).Statement[0].Condition == { ArnEquals = { "ec2:InstanceProfile" = "arn:aws:iam::123456789012:instance-profile/bastion/bastion-orders-dev" } }
    error_message = "the role must end the instances of this profile alone: ${aws_iam_role_policy.end[0].policy}"
  }
  assert {
    condition     = aws_iam_instance_profile.bastion[0].path == "/bastion/" && aws_iam_instance_profile.bastion[0].name == "bastion-orders-dev"
    error_message = "the profile must be the one that the role names"
  }
}

# Its user data is another than the one of the next run.
run "without_auto_terminate_nothing_of_awss_ends_it" {
  variables {
    auto_terminate = false
  }

  expect_failures = [check.ends_by_itself]

  assert {
    condition     = length(aws_scheduler_schedule.end) == 0 && length(aws_iam_role.end) == 0
    error_message = "without auto_terminate nothing of AWS's may end it"
  }
}

run "another_guest_script_is_for_the_next_bastion" {
  assert {
    condition     = !strcontains(coalesce(aws_instance.bastion[0].user_data, "none"), "bastion-expiry")
    error_message = "other user data must not touch a live bastion (ignore_changes)"
  }
}
