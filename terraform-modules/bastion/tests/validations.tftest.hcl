# Bad inputs fail at plan, with a message that says what to write instead. Offline. Each is wrong in one way only, so that
# no other check can hide that its own is missing.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:bastion-orders-dev-failed-ends" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/bastion-orders-dev-end" }
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
  mock_data "aws_ami" {
    defaults = { architecture = "arm64" }
  }
}

variables {
  project_name                    = "orders"
  environment                     = "dev"
  vpc_id                          = "vpc-00000000000000001"
  subnet_id                       = "subnet-00000000000000001"
  rds_security_group_id           = "sg-00000000000000001"
  rds_endpoint                    = "orders.dev.internal"
  vpc_endpoint_security_group_ids = ["sg-0000000000000000a"]
  kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"

  deploy_bastion        = 1
  requested_by_user_id  = "U12345678"
  requested_by_username = "john.doe"
  created_at            = timestamp()
  expires_at            = timeadd(timestamp(), "2h")
}

run "good_inputs" {
  command = plan
}

run "deploy_bastion_is_two" {
  command = plan

  variables {
    deploy_bastion = 2
  }

  expect_failures = [var.deploy_bastion]
}

run "deploy_bastion_is_a_half" {
  command = plan

  variables {
    deploy_bastion = 0.5
  }

  expect_failures = [var.deploy_bastion]
}

run "an_endpoint_that_the_agent_cannot_reach" {
  command = plan

  variables {
    vpc_endpoint_security_group_ids = []
  }

  override_data {
    target = data.aws_vpc_endpoint.systems_manager
    values = { private_dns_enabled = false, security_group_ids = ["sg-0000000000000000a"] }
  }

  expect_failures = [data.aws_vpc_endpoint.systems_manager]
}

run "an_endpoint_without_a_group" {
  command = plan

  variables {
    vpc_endpoint_security_group_ids = []
  }

  override_data {
    target = data.aws_vpc_endpoint.systems_manager
    values = { private_dns_enabled = true, security_group_ids = [] }
  }

  expect_failures = [data.aws_vpc_endpoint.systems_manager]
}

run "the_internet_when_asked_for" {
  command = plan

  variables {
    vpc_endpoint_security_group_ids = []
    allow_internet_https_egress     = true
  }
}

run "expires_at_without_z" {
  command = plan

  variables {
    expires_at = trimsuffix(timeadd(timestamp(), "2h"), "Z")
  }

  expect_failures = [var.expires_at]
}

run "expires_at_with_an_offset" {
  command = plan

  variables {
    expires_at = replace(timeadd(timestamp(), "2h"), "Z", "+00:00")
  }

  expect_failures = [var.expires_at]
}

run "expires_at_with_fractions" {
  command = plan

  variables {
    expires_at = replace(timeadd(timestamp(), "2h"), "Z", ".5Z")
  }

  expect_failures = [var.expires_at]
}

run "expires_at_is_no_date" {
  command = plan

  variables {
    expires_at = "2026-13-45T13:30:00Z"
  }

  expect_failures = [var.expires_at]
}

run "expires_at_before_created_at" {
  command = plan

  variables {
    expires_at = timeadd(timestamp(), "-1h")
  }

  expect_failures = [var.expires_at]
}

run "expires_at_beyond_the_longest_grant" {
  command = plan

  variables {
    expires_at = timeadd(timestamp(), "13h")
  }

  expect_failures = [var.expires_at]
}

run "a_longer_grant_where_allowed" {
  command = plan

  variables {
    expires_at          = timeadd(timestamp(), "13h")
    longest_grant_hours = 24
  }
}

run "longest_grant_without_bounds" {
  command = plan

  variables {
    longest_grant_hours = 100000
  }

  expect_failures = [var.longest_grant_hours]
}

run "created_at_without_z" {
  command = plan

  variables {
    created_at = "2026-01-15 10:30"
  }

  expect_failures = [var.created_at]
}

run "created_at_tomorrow" {
  command = plan

  variables {
    created_at = timeadd(timestamp(), "24h")
    expires_at = timeadd(timestamp(), "26h")
  }

  expect_failures = [var.created_at]
}

# Local time written as UTC is ahead by an hour or more; a clock that is fast, by minutes at most.
run "created_at_in_ten_minutes" {
  command = plan

  variables {
    created_at = timeadd(timestamp(), "10m")
  }

  expect_failures = [var.created_at]
}

run "created_at_by_a_clock_that_is_fast" {
  command = plan

  variables {
    created_at = timeadd(timestamp(), "4m")
  }
}

run "created_at_in_the_future_of_a_closed_one" {
  command = plan

  variables {
    deploy_bastion = 0
    created_at     = timeadd(timestamp(), "24h")
  }
}

run "nobody_asked" {
  command = plan

  variables {
    requested_by_user_id = " "
  }

  expect_failures = [var.requested_by_user_id]
}

run "x86_type_with_an_arm_image" {
  command = plan

  variables {
    instance_type = "t3.micro"
    ami_id        = "ami-0a1b2c3d4e5f60718"
  }

  expect_failures = [data.aws_ami.given]
}

run "instance_type_is_none" {
  command = plan

  variables {
    instance_type = "nano"
  }

  expect_failures = [var.instance_type]
}

run "other_graviton_types" {
  command = plan

  variables {
    instance_type = "c7gn.medium"
  }
}

run "ami_id_is_none" {
  command = plan

  variables {
    ami_id = "latest"
  }

  expect_failures = [var.ami_id]
}

run "an_image_of_the_types_architecture" {
  command = plan

  variables {
    ami_id = "ami-00000000000000002"
  }
}

run "an_image_of_another_architecture" {
  command = plan

  variables {
    ami_id        = "ami-00000000000000002"
    instance_type = "t3.micro"
  }

  expect_failures = [data.aws_ami.given]
}

run "subnet_of_another_vpc" {
  command = plan

  variables {
    vpc_id = "vpc-00000000000000009"
  }

  expect_failures = [data.aws_subnet.this]
}

run "project_name_in_capitals" {
  command = plan

  variables {
    project_name = "Orders"
  }

  expect_failures = [var.project_name]
}

run "environment_with_a_slash" {
  command = plan

  variables {
    environment = "prod/orders"
  }

  expect_failures = [var.environment]
}

run "vpc_id_is_none" {
  command = plan

  variables {
    vpc_id = "default"
  }

  expect_failures = [var.vpc_id]
}

run "subnet_id_is_none" {
  command = plan

  variables {
    subnet_id = "private-a"
  }

  expect_failures = [var.subnet_id]
}

run "rds_security_group_by_name" {
  command = plan

  variables {
    rds_security_group_id = "orders-db"
  }

  expect_failures = [var.rds_security_group_id]
}

run "endpoint_group_by_name" {
  command = plan

  variables {
    vpc_endpoint_security_group_ids = ["endpoints"]
  }

  expect_failures = [var.vpc_endpoint_security_group_ids]
}

run "rds_endpoint_with_a_port_that_is_none" {
  command = plan

  variables {
    rds_endpoint = "orders.dev.internal:65536"
  }

  expect_failures = [var.rds_endpoint]
}

run "rds_endpoint_with_two_ports" {
  command = plan

  variables {
    rds_endpoint = "orders.dev.internal:5432:5433"
  }

  expect_failures = [var.rds_endpoint]
}

run "two_ports_that_differ" {
  command = plan

  variables {
    rds_endpoint = "orders.dev.internal:5433"
    rds_port     = 5432
  }

  expect_failures = [var.rds_port]
}

run "the_same_port_twice" {
  command = plan

  variables {
    rds_endpoint = "orders.dev.internal:5433"
    rds_port     = 5433
  }
}

run "rds_endpoint_with_a_template" {
  command = plan

  variables {
    rds_endpoint = "{{ host }}"
  }

  expect_failures = [var.rds_endpoint]
}

run "rds_port_is_none" {
  command = plan

  variables {
    rds_port = 0
  }

  expect_failures = [var.rds_port]
}

run "kms_key_by_alias" {
  command = plan

  variables {
    kms_key_arn = "alias/orders"
  }

  expect_failures = [var.kms_key_arn]
}

run "logs_kept_for_a_week" {
  command = plan

  variables {
    log_retention_days = 7
  }

  expect_failures = [var.log_retention_days]
}

run "commit_sha_is_short" {
  command = plan

  variables {
    commit_sha = "0123abc"
  }

  expect_failures = [var.commit_sha]
}

run "a_public_subnet" {
  command = plan

  override_data {
    target = data.aws_subnet.this
    values = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = true }
  }

  expect_failures = [data.aws_subnet.this]
}

# OpenTofu wants every attribute of a route.
run "a_subnet_whose_table_leads_to_the_internet" {
  command = plan

  override_data {
    target = data.aws_route_table.this
    values = {
      routes = [{
        carrier_gateway_id         = ""
        cidr_block                 = "0.0.0.0/0"
        core_network_arn           = ""
        destination_prefix_list_id = ""
        egress_only_gateway_id     = ""
        gateway_id                 = "igw-00000000000000001"
        instance_id                = ""
        ipv6_cidr_block            = ""
        local_gateway_id           = ""
        nat_gateway_id             = ""
        network_interface_id       = ""
        transit_gateway_id         = ""
        vpc_endpoint_id            = ""
        vpc_peering_connection_id  = ""
      }]
    }
  }

  expect_failures = [data.aws_route_table.this]
}

run "a_subnet_behind_a_nat_gateway" {
  command = plan

  override_data {
    target = data.aws_route_table.this
    values = {
      routes = [{
        carrier_gateway_id         = ""
        cidr_block                 = "0.0.0.0/0"
        core_network_arn           = ""
        destination_prefix_list_id = ""
        egress_only_gateway_id     = ""
        gateway_id                 = ""
        instance_id                = ""
        ipv6_cidr_block            = ""
        local_gateway_id           = ""
        nat_gateway_id             = "nat-00000000000000001"
        network_interface_id       = ""
        transit_gateway_id         = ""
        vpc_endpoint_id            = ""
        vpc_peering_connection_id  = ""
      }]
    }
  }
}

run "the_subnets_own_table_counts" {
  command = plan

  override_data {
    target = data.aws_route_tables.own
    values = { ids = ["rtb-0000000000000000a"] }
  }

  assert {
    condition     = data.aws_route_table.this[0].route_table_id == "rtb-0000000000000000a"
    error_message = "a subnet with a table of its own does not use the VPC's main one"
  }
}

run "without_its_own_the_vpcs_main_table_counts" {
  command = plan

  override_data {
    target = data.aws_route_tables.own
    values = { ids = [] }
  }

  assert {
    condition     = data.aws_route_table.this[0].route_table_id == "rtb-00000000000000001"
    error_message = "a subnet without a table of its own uses the VPC's main one"
  }
}

run "without_auto_terminate_it_says_so" {
  command = plan

  variables {
    auto_terminate = false
    created_at     = timeadd(timestamp(), "-3h")
    expires_at     = timeadd(timestamp(), "-1h")
  }

  expect_failures = [check.ends_by_itself]

  assert {
    condition     = length(aws_instance.bastion) == 1 && length(aws_scheduler_schedule.end) == 0
    error_message = "auto_terminate = false: it stays, without a schedule"
  }
}

run "no_subnet" {
  command = plan

  variables {
    subnet_id = null
  }

  expect_failures = [var.subnet_id]
}

run "subnet_ids_that_are_none" {
  command = plan

  variables {
    subnet_ids = ["private-a"]
  }

  expect_failures = [var.subnet_ids]
}

run "a_volume_smaller_than_the_image" {
  command = plan

  variables {
    volume_size = 4
  }

  expect_failures = [var.volume_size]
}

run "a_boundary_that_is_no_policy" {
  command = plan

  variables {
    permissions_boundary = "boundary"
  }

  expect_failures = [var.permissions_boundary]
}

run "a_path_without_slashes" {
  command = plan

  variables {
    iam_path = "bastion"
  }

  expect_failures = [var.iam_path]
}

run "a_tag_that_the_metadata_service_does_not_take" {
  command = plan

  variables {
    tags = { "team/owner" = "orders" }
  }

  expect_failures = [aws_instance.bastion]
}

run "a_default_tag_that_the_metadata_service_does_not_take" {
  command = plan

  override_data {
    target = data.aws_default_tags.this
    values = { tags = { "cost center" = "42" } }
  }

  expect_failures = [aws_instance.bastion]
}

run "a_volume_smaller_than_an_image_of_the_callers_own" {
  command = plan

  variables {
    ami_id      = "ami-00000000000000001"
    volume_size = 10
  }

  override_data {
    target = data.aws_ami.given
    values = {
      id               = "ami-00000000000000001"
      architecture     = "arm64"
      root_device_name = "/dev/xvda"
      block_device_mappings = [
        { device_name = "/dev/xvda", no_device = "", virtual_name = "", ebs = { volume_size = "12" } },
        { device_name = "/dev/xvdb", no_device = "", virtual_name = "", ebs = { volume_size = "100" } },
      ]
    }
  }

  expect_failures = [aws_instance.bastion]
}

run "a_volume_as_large_as_the_image" {
  command = plan

  variables {
    ami_id      = "ami-00000000000000001"
    volume_size = 12
  }

  override_data {
    target = data.aws_ami.given
    values = {
      id               = "ami-00000000000000001"
      architecture     = "arm64"
      root_device_name = "/dev/xvda"
      block_device_mappings = [
        { device_name = "/dev/xvda", no_device = "", virtual_name = "", ebs = { volume_size = "12" } },
        { device_name = "/dev/xvdb", no_device = "", virtual_name = "", ebs = { volume_size = "100" } },
      ]
    }
  }
}

run "no_database_at_all" {
  command = plan

  variables {
    rds_endpoint = null
  }

  expect_failures = [var.rds_endpoint]
}
