# Which parts are made, switch by switch. Offline: nothing is asked of AWS.

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
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_vpc_endpoint_service" {
    defaults = { vpc_endpoint_policy_supported = true }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:group" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/flows" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::trail" }
  }
}

variables {
  name = "orders-dev"
}

run "a_private_vpc" {
  assert {
    condition     = length(aws_vpc.this) == 1 && length(aws_subnet.private) == 1 && alltrue([for subnet in aws_subnet.private : !subnet.map_public_ip_on_launch])
    error_message = "one VPC, one private subnet"
  }
  assert {
    condition     = aws_vpc.this[0].enable_dns_hostnames && aws_vpc.this[0].enable_dns_support
    error_message = "without DNS names the endpoints do not answer under AWS's own"
  }
  assert {
    condition     = output.subnet_id == aws_subnet.private[0].id && output.vpc_id == aws_vpc.this[0].id
    error_message = "the outputs are what a bastion takes"
  }
}

run "a_zone_that_comes_or_goes_moves_no_subnet" {
  override_data {
    target = data.aws_availability_zones.this
    values = { names = ["eu-west-1z", "eu-west-1y", "eu-west-1x"] }
  }

  assert {
    condition     = aws_subnet.private[0].availability_zone == "eu-west-1a"
    error_message = "the subnet is in ${aws_subnet.private[0].availability_zone} now"
  }
}

run "the_way_to_systems_manager" {
  assert {
    condition     = toset(keys(aws_vpc_endpoint.interface)) == toset(["ssm", "ssmmessages"]) && alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.vpc_endpoint_type == "Interface"])
    error_message = "ssm and ssmmessages, under AWS's own names"
  }
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.policy == "{}"])
    error_message = "where AWS takes a policy, the endpoint must have it"
  }
  assert {
    condition     = length(output.vpc_endpoint_security_group_ids) == 1 && length(aws_vpc_security_group_ingress_rule.clients) == 0
    error_message = "the endpoints have a group that bastions open for themselves, and admit nobody else"
  }
}

run "a_key_that_turns" {
  assert {
    condition     = aws_kms_key.this[0].enable_key_rotation && aws_kms_key.this[0].deletion_window_in_days == 30 && output.kms_key_arn == aws_kms_key.this[0].arn
    error_message = "the key must rotate, and be slow to delete"
  }
}

run "logs_are_encrypted_and_kept" {
  assert {
    condition     = alltrue([for group in concat(aws_cloudwatch_log_group.flows, aws_cloudwatch_log_group.metadata) : group.kms_key_id == output.kms_key_arn && group.retention_in_days == 2192])
    error_message = "flow logs and session metadata: with our key, for six years"
  }
  assert {
    condition     = aws_cloudwatch_log_group.metadata[0].skip_destroy && startswith(aws_cloudwatch_log_group.metadata[0].name, "/aws/events/")
    error_message = "session metadata is an audit log, in a group EventBridge may write to"
  }
  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.sessions[0].event_pattern).detail.eventName == ["StartSession", "ResumeSession", "TerminateSession"]
    error_message = "every way a session begins and ends must be kept"
  }
  assert {
    condition     = aws_flow_log.this[0].traffic_type == "ALL"
    error_message = "accepted and rejected flows"
  }
}

run "every_part_can_be_left_out" {
  command = plan

  variables {
    vpc_id                         = "vpc-00000000000000001"
    private_subnet_ids             = ["subnet-00000000000000001"]
    endpoints                      = []
    create_kms_key                 = false
    kms_key_arn                    = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002"
    create_database_security_group = false
    create_flow_logs               = false
    create_session_metadata        = false
  }

  assert {
    condition     = length(aws_vpc.this) + length(aws_subnet.private) + length(aws_vpc_endpoint.interface) + length(aws_security_group.endpoints) + length(aws_security_group.database) + length(aws_kms_key.this) + length(aws_flow_log.this) + length(aws_iam_role.flows) + length(aws_cloudwatch_log_group.flows) + length(aws_cloudwatch_log_group.metadata) + length(aws_cloudwatch_event_rule.sessions) + length(aws_cloudtrail.this) + length(aws_s3_bucket.trail) == 0
    error_message = "with every switch off there must be nothing"
  }
  assert {
    condition     = output.vpc_id == "vpc-00000000000000001" && output.subnet_id == "subnet-00000000000000001" && output.kms_key_arn == var.kms_key_arn && output.rds_security_group_id == null
    error_message = "what exists is passed on"
  }
}

run "endpoints_of_an_existing_vpc_are_for_all_its_hosts" {
  command = plan

  variables {
    vpc_id             = "vpc-00000000000000001"
    private_subnet_ids = ["subnet-00000000000000001"]
  }

  override_data {
    target = data.aws_vpc.existing
    values = { cidr_block = "10.80.0.0/16" }
  }

  expect_failures = [check.names_of_an_existing_vpc]

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.clients : [rule.cidr_ipv4, rule.from_port, rule.to_port, rule.ip_protocol]] == [["10.80.0.0/16", 443, 443, "tcp"]]
    error_message = "the VPC's hosts must reach the endpoints to which their names lead"
  }
}

run "other_clients_of_the_endpoints" {
  command = plan

  variables {
    vpc_id                = "vpc-00000000000000001"
    private_subnet_ids    = ["subnet-00000000000000001"]
    endpoint_client_cidrs = ["10.80.0.0/16", "10.81.0.0/16"]
  }

  expect_failures = [check.names_of_an_existing_vpc]

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.clients : rule.cidr_ipv4] == ["10.80.0.0/16", "10.81.0.0/16"]
    error_message = "the given blocks, and no others"
  }
}

run "existing_endpoints_are_used" {
  command = plan

  variables {
    vpc_id             = "vpc-00000000000000001"
    private_subnet_ids = ["subnet-00000000000000001"]
    existing_endpoints = ["ssm", "ssmmessages"]
  }

  override_data {
    target = data.aws_vpc_endpoint.existing
    values = { private_dns_enabled = true, security_group_ids = ["sg-0000000000000000a"] }
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) + length(aws_security_group.endpoints) + length(aws_vpc_security_group_ingress_rule.clients) == 0 && output.vpc_endpoint_security_group_ids == tolist(["sg-0000000000000000a"])
    error_message = "endpoints that are there must be looked up, and nothing made beside them"
  }
}

run "an_existing_endpoint_without_its_name" {
  command = plan

  variables {
    vpc_id             = "vpc-00000000000000001"
    private_subnet_ids = ["subnet-00000000000000001"]
    existing_endpoints = ["ssm", "ssmmessages"]
  }

  override_data {
    target = data.aws_vpc_endpoint.existing
    values = { private_dns_enabled = false, security_group_ids = ["sg-0000000000000000a"] }
  }

  expect_failures = [data.aws_vpc_endpoint.existing]
}

run "existing_endpoints_of_a_new_vpc" {
  command = plan
  variables { existing_endpoints = ["ssm"] }
  expect_failures = [var.existing_endpoints]
}

run "clients_from_anywhere" {
  command = plan

  variables {
    vpc_id                = "vpc-00000000000000001"
    private_subnet_ids    = ["subnet-00000000000000001"]
    endpoint_client_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.endpoint_client_cidrs]
}

run "an_own_trail" {
  variables {
    create_trail = true
  }

  assert {
    condition     = aws_cloudtrail.this[0].enable_log_file_validation && aws_cloudtrail.this[0].is_multi_region_trail && aws_cloudtrail.this[0].kms_key_id == output.kms_key_arn
    error_message = "the trail must be validated, multi-region and encrypted"
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.trail[0].block_public_acls && aws_s3_bucket_public_access_block.trail[0].restrict_public_buckets && aws_s3_bucket_versioning.trail[0].versioning_configuration[0].status == "Enabled"
    error_message = "its bucket must be private and keep versions"
  }
}

run "name_in_capitals" {
  command = plan

  variables {
    name = "Orders"
  }

  expect_failures = [var.name]
}

run "vpc_without_subnets" {
  command = plan

  variables {
    vpc_id = "vpc-00000000000000001"
  }

  expect_failures = [var.private_subnet_ids]
}

run "subnets_without_vpc" {
  command = plan

  variables {
    private_subnet_ids = ["subnet-00000000000000001"]
  }

  expect_failures = [var.private_subnet_ids]
}

run "vpc_id_is_none" {
  command = plan

  variables {
    vpc_id             = "main"
    private_subnet_ids = ["subnet-00000000000000001"]
  }

  expect_failures = [var.vpc_id]
}

run "a_block_too_small" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0/28"
  }

  expect_failures = [var.vpc_cidr]
}

run "no_block" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0"
  }

  expect_failures = [var.vpc_cidr]
}

run "four_zones" {
  command = plan

  variables {
    availability_zone_count = 4
  }

  expect_failures = [var.availability_zone_count]
}

run "an_unknown_endpoint" {
  command = plan

  variables {
    endpoints = ["s3"]
  }

  expect_failures = [var.endpoints]
}

run "no_key" {
  command = plan

  variables {
    create_kms_key = false
  }

  expect_failures = [var.create_kms_key]
}

run "two_keys" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002"
  }

  expect_failures = [var.create_kms_key]
}

run "logs_kept_for_a_week" {
  command = plan

  variables {
    log_retention_days = 7
  }

  expect_failures = [var.log_retention_days]
}

run "an_account_that_is_none" {
  command = plan

  variables {
    endpoint_principal_accounts = ["*"]
  }

  expect_failures = [var.endpoint_principal_accounts]
}
