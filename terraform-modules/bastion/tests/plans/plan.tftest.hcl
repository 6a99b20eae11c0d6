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
  target = data.aws_subnet.this
  values = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = false }
}

override_data {
  target = data.aws_route_tables.own
  values = { ids = ["rtb-00000000000000001"] }
}

override_data {
  target = data.aws_route_tables.main
  values = { ids = ["rtb-00000000000000001"] }
}

override_data {
  target = data.aws_route_table.this
  values = { routes = [] }
}

override_data {
  target = data.aws_ssm_parameter.image
  values = { insecure_value = "ami-00000000000000001" }
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
  request_id            = "01JHR7Z9C0V6T1"
  ledger                = "github.com/acme/infra"
  commit_sha            = "0123456789abcdef0123456789abcdef01234567"
  alarm_topic_arns      = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  permissions_boundary  = "arn:aws:iam::123456789012:policy/boundary"
  iam_path              = "/bastion/"
  tags                  = { CostCenter = "42" }
  user_principal_tag    = "SlackId"
  shell_access_enabled  = true
}

run "closed" {
  command = plan

  variables {
    deploy_bastion = 0
  }
}

run "open" {
  command = plan
}

run "targets" {
  command = plan

  variables {
    rds_endpoint                    = null
    shell_access_enabled            = false
    vpc_endpoint_security_group_ids = []
    allow_internet_https_egress     = true

    targets = [
      { name = "orders", host = "orders.dev.internal", port = 5432, engine = "postgres" },
      { name = "billing", host = "billing.dev.internal", port = 5432 },
      { name = "search", host = "search.dev.internal", port = 3306, security_group_id = "sg-00000000000000002" },
    ]
  }
}
