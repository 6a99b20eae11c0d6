# Plans of the module, compared with plans.json by terraform-modules/plans.py. Offline.

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  max_retries                 = 1
}

override_data {
  target = data.aws_caller_identity.this
  values = { account_id = "123456789012" }
}

override_data {
  target = data.aws_availability_zones.this
  values = { names = ["eu-west-1a"] }
}

override_data {
  target = data.aws_vpc_endpoint_service.new
  values = { vpc_endpoint_policy_supported = true }
}

variables {
  name = "orders-dev"
}

run "everything" {
  command = plan

  variables {
    create_trail            = true
    availability_zone_count = 1
    endpoints               = ["ssm", "ssmmessages", "logs", "kms"]
  }
}

run "existing_vpc" {
  command = plan

  variables {
    vpc_id             = "vpc-00000000000000001"
    private_subnet_ids = ["subnet-00000000000000001"]
    existing_endpoints = ["ssm"]
  }

  expect_failures = [check.names_of_an_existing_vpc]

  override_data {
    target = data.aws_vpc.existing
    values = { cidr_block = "10.0.0.0/16" }
  }

  override_data {
    target = data.aws_vpc_endpoint.existing
    values = { private_dns_enabled = true, security_group_ids = ["sg-00000000000000009"] }
  }
}
