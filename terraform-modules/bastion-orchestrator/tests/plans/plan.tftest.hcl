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
  target = data.aws_subnet.private
  values = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = false }
}

variables {
  environment                = "tools"
  vpc_id                     = "vpc-00000000000000001"
  subnet_ids                 = ["subnet-00000000000000001"]
  image                      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/platform/bastion@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  cloudwatch_kms_key_arn     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
  slack_notification_channel = "C0123ABC"
  ledger_remote              = "https://github.com/acme/infrastructure.git"
  secrets = {
    "slack.app_token" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_app_token::"
    "slack.bot_token" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_bot_token::"
    "ledger.token"    = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
  }
}

run "alone" {
  command = plan
}

run "with_a_database" {
  command = plan

  variables {
    replicas = 2
    database = { security_group_id = "sg-0000000000000000d", url = "postgresql://db.example.com:5432/bastion" }
    secrets = {
      "slack.app_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_app_token::"
      "slack.bot_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_bot_token::"
      "ledger.token"      = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
      "database.password" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:database_password::"
    }
  }
}
