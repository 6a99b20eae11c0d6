# One environment alone, as CI applies it: the calls that its plan and apply make are the ones that the roles must allow.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 2
}

variable "network" {
  type = object({
    vpc_id                          = string
    subnet_id                       = string
    rds_security_group_id           = string
    vpc_endpoint_security_group_ids = list(string)
    kms_key_arn                     = string
  })
}

variable "grant" {
  type    = map(string)
  default = {}
}

module "bastion" {
  source = "../../../../bastion"

  project_name                    = "orders"
  environment                     = "dev"
  vpc_id                          = var.network.vpc_id
  subnet_id                       = var.network.subnet_id
  rds_security_group_id           = var.network.rds_security_group_id
  rds_endpoint                    = "orders.dev.internal"
  vpc_endpoint_security_group_ids = var.network.vpc_endpoint_security_group_ids
  kms_key_arn                     = var.network.kms_key_arn
  shell_access_enabled            = true

  deploy_bastion        = length(var.grant) == 0 ? 0 : 1
  requested_by_user_id  = lookup(var.grant, "requested_by_user_id", "")
  requested_by_username = lookup(var.grant, "requested_by_username", "")
  created_at            = lookup(var.grant, "created_at", "")
  expires_at            = lookup(var.grant, "expires_at", "")
  request_id            = lookup(var.grant, "request_id", "")
  commit_sha            = lookup(var.grant, "commit_sha", "")
}
