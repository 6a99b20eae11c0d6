# Prerequisites and a bastion with logged shells in one root module. Opened by hand, for an hour:
#
#   terraform apply -var deploy_bastion=1 -var created_at="$(date -u +%FT%TZ)" -var expires_at="$(date -u -d +1hour +%FT%TZ)"
#
# An hour later it has ended itself, and the next plan destroys what is left of it.

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

variable "deploy_bastion" {
  description = "1 to open, 0 to close."
  type        = number
  default     = 0
}

variable "created_at" {
  description = "Now, in UTC with Z."
  type        = string
  default     = ""
}

variable "expires_at" {
  description = "The end, in UTC with Z."
  type        = string
  default     = ""
}

resource "aws_sns_topic" "alarms" {
  name              = "orders-dev-bastion-alarms"
  kms_master_key_id = "alias/aws/sns"
}

module "prerequisites" {
  source = "../../../prerequisites"

  name      = "orders-dev"
  endpoints = ["ssm", "ssmmessages", "logs", "kms"]
}

module "bastion" {
  source = "../.."

  project_name                    = "orders"
  environment                     = "dev"
  vpc_id                          = module.prerequisites.vpc_id
  subnet_id                       = module.prerequisites.subnet_id
  rds_security_group_id           = module.prerequisites.rds_security_group_id
  rds_endpoint                    = "orders.dev.internal"
  vpc_endpoint_security_group_ids = module.prerequisites.vpc_endpoint_security_group_ids
  kms_key_arn                     = module.prerequisites.kms_key_arn
  shell_access_enabled            = true
  alarm_topic_arns                = [aws_sns_topic.alarms.arn]

  deploy_bastion        = var.deploy_bastion
  requested_by_user_id  = "U12345678"
  requested_by_username = "john.doe"
  created_at            = var.created_at
  expires_at            = var.expires_at
}

output "bastion" {
  value = module.bastion
}
