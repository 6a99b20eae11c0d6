# Which of several subnets a bastion starts in, as far as OpenTofu can be told: it has no overrides of one instance. Offline.

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

run "where_no_subnet_has_room_aws_says_so" {
  command = plan

  variables {
    subnet_id  = null
    subnet_ids = ["subnet-00000000000000001", "subnet-00000000000000002"]
  }

  override_data {
    target = data.aws_ec2_instance_type_offerings.zones
    values = { locations = [] }
  }

  assert {
    condition     = aws_instance.bastion[0].subnet_id == data.aws_subnet.this[0].id
    error_message = "without a fitting subnet the first must be tried"
  }
}
