# The service beside its prerequisites. AWS_ENDPOINT_URL leads to the emulator.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 2
}

variable "digest" {
  description = "Which image, as 64 hex digits."
  type        = string
}

module "prerequisites" {
  source = "../../../../prerequisites"

  name = "tools"
}

resource "aws_security_group" "database" {
  name        = "tools-shared-database"
  description = "A database that replicas share"
  vpc_id      = module.prerequisites.vpc_id
}

module "service" {
  source = "../../.."

  environment                = "tools"
  vpc_id                     = module.prerequisites.vpc_id
  subnet_ids                 = module.prerequisites.private_subnet_ids
  image                      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/platform/bastion@sha256:${var.digest}"
  cloudwatch_kms_key_arn     = module.prerequisites.kms_key_arn
  slack_notification_channel = "C0123ABC"
  ledger_remote              = "https://github.com/acme/infrastructure.git"
  alarm_topic_arns           = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  replicas                   = 2
  database                   = { security_group_id = aws_security_group.database.id, url = "postgresql://db.example.com:5432/bastion" }
  wait_for_steady_state      = false # no task ever runs on the emulator

  secrets = {
    "slack.app_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_app_token::"
    "slack.bot_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_bot_token::"
    "ledger.token"      = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
    "database.password" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:database_password::"
  }
}

output "security_group_id" {
  value = module.service.security_group_id
}

output "database_security_group_id" {
  value = aws_security_group.database.id
}
