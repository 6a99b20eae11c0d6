# The block that callers of an earlier module of this kind have: its inputs, and nothing else, plan as they stand. Offline.

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
  mock_data "aws_ami" {
    defaults = { architecture = "x86_64" }
  }
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-00000000000000001" }
  }
  mock_data "aws_vpc_endpoint" {
    defaults = { private_dns_enabled = true, security_group_ids = ["sg-0000000000000000b", "sg-0000000000000000a"] }
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
  project_name          = "orders"
  environment           = "dev"
  deploy_bastion        = 1
  instance_type         = "t3.micro"
  ami_id                = "ami-0a1b2c3d4e5f60718"
  vpc_id                = "vpc-00000000000000001"
  subnet_id             = "subnet-00000000000000001"
  rds_security_group_id = "sg-00000000000000001"
  rds_endpoint          = "orders.abc123.eu-west-1.rds.amazonaws.com:3306"
  requested_by_user_id  = "U12345678"
  requested_by_username = "john.doe"
  created_at            = timestamp()
  expires_at            = timeadd(timestamp(), "2h")
  auto_terminate        = true
  kms_key_arn           = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
}

run "the_port_of_the_endpoint_counts" {
  assert {
    condition     = aws_vpc_security_group_egress_rule.database[0].from_port == 3306 && aws_vpc_security_group_egress_rule.database[0].to_port == 3306 && aws_vpc_security_group_ingress_rule.database[0].from_port == 3306 && aws_vpc_security_group_ingress_rule.database[0].to_port == 3306
    error_message = "the rules must have the port of rds_endpoint"
  }
  assert {
    condition     = jsondecode(aws_ssm_document.port[0].content).properties.host == "orders.abc123.eu-west-1.rds.amazonaws.com" && jsondecode(aws_ssm_document.port[0].content).properties.portNumber == "3306"
    error_message = "the document must forward to the host and the port of rds_endpoint"
  }
  assert {
    condition     = aws_instance.bastion[0].tags["Database"] == "orders.abc123.eu-west-1.rds.amazonaws.com:3306"
    error_message = "the tag Database must name the host and the port once"
  }
  assert {
    condition     = endswith(output.connect_command, " --parameters localPortNumber=3306")
    error_message = "the command must forward the database's port"
  }
}

run "the_groups_of_the_endpoints_are_looked_up" {
  assert {
    condition     = toset(keys(data.aws_vpc_endpoint.systems_manager)) == toset(["ssm", "ssmmessages"]) && alltrue([for name, endpoint in data.aws_vpc_endpoint.systems_manager : endpoint.vpc_id == var.vpc_id && endpoint.service_name == "com.amazonaws.eu-west-1.${name}"])
    error_message = "the VPC's endpoints of Systems Manager must be looked up, and no others"
  }
  assert {
    condition     = [for rule in aws_vpc_security_group_egress_rule.endpoints : rule.referenced_security_group_id] == ["sg-0000000000000000a", "sg-0000000000000000b"] && [for rule in aws_vpc_security_group_ingress_rule.endpoints : rule.security_group_id] == ["sg-0000000000000000a", "sg-0000000000000000b"]
    error_message = "each group of theirs must get one rule, and so must the way there"
  }
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.internet) == 0
    error_message = "no way to the internet unless asked for"
  }
}

run "shells_need_two_endpoints_more" {
  command = plan

  variables {
    shell_access_enabled = true
  }

  assert {
    condition     = toset(keys(data.aws_vpc_endpoint.systems_manager)) == toset(["ssm", "ssmmessages", "logs", "kms"])
    error_message = "with shells, the endpoints of logs and kms must be looked up, too"
  }
}

run "given_groups_are_not_looked_up" {
  command = plan

  variables {
    vpc_endpoint_security_group_ids = ["sg-0000000000000000c"]
  }

  assert {
    condition     = length(data.aws_vpc_endpoint.systems_manager) == 0 && [for rule in aws_vpc_security_group_egress_rule.endpoints : rule.referenced_security_group_id] == ["sg-0000000000000000c"]
    error_message = "groups that the caller gives are the ones to use"
  }
}

run "times_in_the_past_are_closed_with_a_warning" {
  command = plan

  variables {
    created_at = "2024-01-15T10:30:00Z"
    expires_at = "2024-01-15T12:30:00Z"
  }

  expect_failures = [check.grant_in_force]

  assert {
    condition     = length(aws_instance.bastion) == 0 && length(aws_vpc_security_group_egress_rule.database) == 0 && length(data.aws_vpc_endpoint.systems_manager) == 0
    error_message = "a grant of the past must open nothing"
  }
}

run "closed" {
  command = plan

  variables {
    deploy_bastion        = 0
    requested_by_user_id  = ""
    requested_by_username = ""
    created_at            = ""
    expires_at            = ""
  }

  assert {
    condition     = length(aws_instance.bastion) == 0 && length(data.aws_vpc_endpoint.systems_manager) == 0
    error_message = "closed, nothing must be made or looked up"
  }
}

run "the_image_fits_the_type" {
  command = plan

  variables {
    ami_id = null
  }

  assert {
    condition     = endswith(data.aws_ssm_parameter.image[0].name, "-x86_64")
    error_message = "an x86_64 type must get the x86_64 image"
  }
}

run "the_image_fits_a_graviton_type" {
  command = plan

  variables {
    ami_id        = null
    instance_type = "t4g.nano"
  }

  assert {
    condition     = endswith(data.aws_ssm_parameter.image[0].name, "-arm64")
    error_message = "a Graviton type must get the arm64 image"
  }
}
