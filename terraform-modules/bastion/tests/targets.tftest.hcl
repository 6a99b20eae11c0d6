# Several databases behind one bastion. Offline: nothing is asked of AWS.

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
  project_name          = "orders"
  environment           = "dev"
  vpc_id                = "vpc-00000000000000001"
  subnet_id             = "subnet-00000000000000001"
  rds_security_group_id = "sg-00000000000000001"

  targets = [
    { name = "orders", host = "orders.dev.internal", port = 5432, engine = "postgres" },
    { name = "billing", host = "billing.dev.internal", port = 5432 },
    { name = "search", host = "search.dev.internal", port = 3306, engine = "mysql", security_group_id = "sg-00000000000000002" },
    { name = "archive", host = "archive.dev.internal", port = 3306, security_group_id = "sg-00000000000000002" },
    { name = "admin", host = "orders.dev.internal", port = 5433 },
  ]

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


run "one_rule_for_each_group_and_port" {
  command = plan

  assert {
    condition     = { for name, rule in aws_vpc_security_group_ingress_rule.targets : name => "${rule.security_group_id} ${rule.from_port}-${rule.to_port}" } == { orders = "sg-00000000000000001 5432-5432", search = "sg-00000000000000002 3306-3306", admin = "sg-00000000000000001 5433-5433" }
    error_message = "each group must let the bastion in on the ports of its targets, once"
  }
  assert {
    condition     = { for name, rule in aws_vpc_security_group_egress_rule.targets : name => "${rule.referenced_security_group_id} ${rule.from_port}-${rule.to_port}" } == { orders = "sg-00000000000000001 5432-5432", search = "sg-00000000000000002 3306-3306", admin = "sg-00000000000000001 5433-5433" }
    error_message = "out to each group on the ports of its targets, once"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.database) == 0 && length(aws_vpc_security_group_egress_rule.database) == 0 && length(aws_ssm_document.port) == 0
    error_message = "the rules and the document of a single database must not be there"
  }
}

run "a_document_for_each_target" {
  assert {
    condition     = { for name, document in aws_ssm_document.targets : document.name => "${jsondecode(document.content).properties.host}:${jsondecode(document.content).properties.portNumber}" } == { bastion-orders-dev-port-orders = "orders.dev.internal:5432", bastion-orders-dev-port-billing = "billing.dev.internal:5432", bastion-orders-dev-port-search = "search.dev.internal:3306", bastion-orders-dev-port-archive = "archive.dev.internal:3306", bastion-orders-dev-port-admin = "orders.dev.internal:5433" }
    error_message = "each document must lead to its own target"
  }
  assert {
    condition     = alltrue([for document in aws_ssm_document.targets : keys(jsondecode(document.content).parameters) == ["localPortNumber"] && jsondecode(document.content).sessionType == "Port" && jsondecode(document.content).properties.localPortNumber == "{{ localPortNumber }}"])
    error_message = "the local port must be the only parameter"
  }
  assert {
    condition     = jsondecode(output.user_policy_json).Statement[1].Resource == [for name in ["admin", "archive", "billing", "orders", "search"] : "arn:aws:ssm:eu-west-1:123456789012:document/bastion-orders-dev-port-${name}"]
    error_message = "a person's policy must have the documents of all targets, and no other: ${coalesce(output.user_policy_json, "null")}"
  }
}

run "tags_and_outputs_name_each_target" {
  assert {
    condition     = { for key, value in aws_instance.bastion[0].tags : key => value if strcontains(key, ":") } == { "Database:orders" = "orders.dev.internal:5432", "Database:billing" = "billing.dev.internal:5432", "Database:search" = "search.dev.internal:3306", "Database:archive" = "archive.dev.internal:3306", "Database:admin" = "orders.dev.internal:5433", "PortDocument:orders" = "bastion-orders-dev-port-orders", "PortDocument:billing" = "bastion-orders-dev-port-billing", "PortDocument:search" = "bastion-orders-dev-port-search", "PortDocument:archive" = "bastion-orders-dev-port-archive", "PortDocument:admin" = "bastion-orders-dev-port-admin", "Engine:orders" = "postgres", "Engine:search" = "mysql" }
    error_message = "the instance's tags must name each target: ${jsonencode(aws_instance.bastion[0].tags)}"
  }
  assert {
    condition     = aws_instance.bastion[0].tags["Database"] == "orders.dev.internal:5432" && aws_instance.bastion[0].tags["PortDocument"] == "bastion-orders-dev-port-orders" && output.port_document == "bastion-orders-dev-port-orders"
    error_message = "whoever knows one database only must find the first"
  }
  assert {
    condition     = keys(output.connect_commands) == ["admin", "archive", "billing", "orders", "search"] && output.connect_commands["search"] == "aws ssm start-session --region eu-west-1 --target i-00000000000000001 --document-name bastion-orders-dev-port-search --parameters localPortNumber=3306"
    error_message = "each target must have its command: ${jsonencode(output.connect_commands)}"
  }
  assert {
    condition     = output.port_documents["billing"] == "bastion-orders-dev-port-billing" && output.connect_command == output.connect_commands["orders"]
    error_message = "each target must have its document"
  }
}

run "closed_the_targets_documents_stand_and_no_rule_does" {
  command = plan

  variables {
    deploy_bastion = 0
  }

  assert {
    condition     = length(aws_ssm_document.targets) == 5 && length(aws_vpc_security_group_ingress_rule.targets) == 0 && length(aws_vpc_security_group_egress_rule.targets) == 0
    error_message = "closed, nothing may lead to any target"
  }
}

run "their_owner_makes_the_rules" {
  command = plan

  variables {
    create_database_rule = false
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.targets) == 0 && length(aws_vpc_security_group_egress_rule.targets) == 3
    error_message = "create_database_rule = false must leave every target's group alone, and only that"
  }
}

run "targets_and_a_single_database" {
  command = plan

  variables {
    rds_endpoint = "orders.dev.internal"
  }

  expect_failures = [var.rds_endpoint]
}

run "two_targets_of_one_name" {
  command = plan

  variables {
    targets = [{ name = "orders", host = "a.internal", port = 1 }, { name = "orders", host = "b.internal", port = 1 }]
  }

  expect_failures = [var.targets]
}

run "more_targets_than_tags" {
  command = plan

  variables {
    targets = [for number in range(9) : { name = "t${number}", host = "a.internal", port = 1 }]
  }

  expect_failures = [var.targets]
}

run "a_target_whose_name_is_no_tag" {
  command = plan

  variables {
    targets = [{ name = "orders/eu", host = "a.internal", port = 1 }]
  }

  expect_failures = [var.targets]
}

run "a_target_with_its_port_in_the_host" {
  command = plan

  variables {
    targets = [{ name = "orders", host = "a.internal:5432", port = 5432 }]
  }

  expect_failures = [var.targets]
}

run "a_target_that_a_person_would_choose" {
  command = plan

  variables {
    targets = [{ name = "orders", host = "{{ host }}", port = 5432 }]
  }

  expect_failures = [var.targets]
}

run "a_target_without_a_port" {
  command = plan

  variables {
    targets = [{ name = "orders", host = "a.internal", port = 0 }]
  }

  expect_failures = [var.targets]
}

run "a_target_of_no_engine" {
  command = plan

  variables {
    targets = [{ name = "orders", host = "a.internal", port = 5432, engine = "Postgres; id" }]
  }

  expect_failures = [var.targets]
}

run "a_target_of_no_group" {
  command = plan

  variables {
    targets = [{ name = "orders", host = "a.internal", port = 5432, security_group_id = "0.0.0.0/0" }]
  }

  expect_failures = [var.targets]
}
