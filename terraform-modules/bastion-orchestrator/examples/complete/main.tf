# The service beside its prerequisites, with alarms to a topic and secrets that are already in Secrets Manager.

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
  region = "eu-west-1"
}

variable "image" {
  description = "The image by digest."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets with a way out to 443."
  type        = list(string)
}

variable "cloudwatch_kms_key_arn" {
  description = "The key for the log."
  type        = string
}

variable "secret_arn" {
  description = "A JSON secret with the keys slack_app_token, slack_bot_token and app_private_key."
  type        = string
}

variable "alarm_topic_arn" {
  description = "The on-call's SNS topic."
  type        = string
}

module "service" {
  source = "../.."

  environment            = "tools"
  vpc_id                 = var.vpc_id
  subnet_ids             = var.subnet_ids
  image                  = var.image
  cloudwatch_kms_key_arn = var.cloudwatch_kms_key_arn
  alarm_topic_arns       = [var.alarm_topic_arn]

  slack_notification_channel = "C0123ABC"
  ledger_remote              = "https://github.com/acme/infrastructure.git"
  github_repository          = "acme/infrastructure"

  secrets = {
    "slack.app_token" = "${var.secret_arn}:slack_app_token::"
    "slack.bot_token" = "${var.secret_arn}:slack_bot_token::"

    "github.app_private_key" = "${var.secret_arn}:app_private_key::"
  }
  settings = {
    "github.app_id"           = "12345"
    "github.app_installation" = "67890"
    "grace.alarm"             = "10m"
  }
}

output "log_group_name" {
  description = "Where to read what it says."
  value       = module.service.log_group_name
}
