# Which subnets a bastion is put into and which endpoints it reaches, as the real provider reads them from an AWS. Against the
# emulator:
#
#   AWS_ENDPOINT_URL=… terraform test -test-directory=tests/emulator

provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 2
}

variables {
  project_name                    = "orders"
  environment                     = "subnets"
  rds_security_group_id           = "sg-00000000000000001"
  rds_endpoint                    = "orders.dev.internal"
  vpc_endpoint_security_group_ids = ["sg-0000000000000000a"]
  kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"

  deploy_bastion       = 1
  requested_by_user_id = "U12345678"
  created_at           = timestamp()
  expires_at           = timeadd(timestamp(), "2h")
}

run "network" {
  module {
    source = "./tests/emulator/network"
  }
}

run "a_private_subnet_in_a_vpc_that_has_public_ones" {
  command = plan

  variables {
    vpc_id    = run.network.vpc_id
    subnet_id = run.network.subnet_ids["private"]
  }

  assert {
    condition     = data.aws_route_table.this[0].route_table_id == run.network.private_route_table_id
    error_message = "the subnet's own table is what counts"
  }
}

run "a_subnet_whose_own_table_leads_to_the_internet" {
  command = plan

  variables {
    vpc_id    = run.network.vpc_id
    subnet_id = run.network.subnet_ids["public"]
  }

  expect_failures = [data.aws_route_table.this]
}

run "a_subnet_without_a_table_where_the_main_one_leads_to_the_internet" {
  command = plan

  variables {
    vpc_id    = run.network.vpc_id
    subnet_id = run.network.subnet_ids["without_a_table"]
  }

  expect_failures = [data.aws_route_table.this]
}

run "a_subnet_that_gives_public_addresses" {
  command = plan

  variables {
    vpc_id    = run.network.vpc_id
    subnet_id = run.network.subnet_ids["maps_addresses"]
  }

  expect_failures = [data.aws_subnet.this]
}

run "endpoints_that_nobody_names_are_found" {
  command = plan

  variables {
    vpc_id                          = run.network.vpc_id
    subnet_id                       = run.network.subnet_ids["private"]
    vpc_endpoint_security_group_ids = []
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_egress_rule.endpoints : rule.referenced_security_group_id]) == toset([run.network.endpoint_group_ids["ssm"], run.network.endpoint_group_ids["ssmmessages"]])
    error_message = "the groups of the endpoints of Systems Manager must be found, and no others"
  }
}

run "of_two_subnets_the_first_with_the_type_and_room" {
  command = plan

  variables {
    vpc_id        = run.network.vpc_id
    subnet_ids    = [run.network.subnet_ids["private"], run.network.subnet_ids["without_a_table"]]
    instance_type = "t4g.nano"
  }

  assert {
    condition     = aws_instance.bastion[0].subnet_id == run.network.subnet_ids["private"] && contains(data.aws_ec2_instance_type_offerings.zones[0].locations, data.aws_subnet.this[0].availability_zone)
    error_message = "the zones that have the type must be asked for, and the first fitting subnet must be taken"
  }
}
