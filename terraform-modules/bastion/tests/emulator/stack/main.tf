# Two environments of one account on the prerequisites of one VPC: what lifecycle.py plays with.

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

variable "grants" {
  description = "By environment: what the service writes into the environment file, and what else differs."
  type = map(object({
    deploy_bastion        = optional(number, 0)
    requested_by_user_id  = optional(string, "")
    requested_by_username = optional(string, "")
    created_at            = optional(string, "")
    expires_at            = optional(string, "")
    request_id            = optional(string, "")
    commit_sha            = optional(string, "")
    shell_access_enabled  = optional(bool, false)
    standing_rules        = optional(bool, false)
  }))
}

module "prerequisites" {
  source = "../../../../prerequisites"

  name = "orders"
}

module "bastion" {
  source   = "../../.."
  for_each = var.grants

  project_name                    = "orders"
  environment                     = each.key
  vpc_id                          = module.prerequisites.vpc_id
  subnet_id                       = module.prerequisites.subnet_id
  rds_security_group_id           = module.prerequisites.rds_security_group_id
  rds_endpoint                    = "orders.${each.key}.internal"
  vpc_endpoint_security_group_ids = module.prerequisites.vpc_endpoint_security_group_ids
  kms_key_arn                     = module.prerequisites.kms_key_arn

  shell_access_enabled  = each.value.shell_access_enabled
  standing_rules        = each.value.standing_rules
  deploy_bastion        = each.value.deploy_bastion
  requested_by_user_id  = each.value.requested_by_user_id
  requested_by_username = each.value.requested_by_username
  created_at            = each.value.created_at
  expires_at            = each.value.expires_at
  request_id            = each.value.request_id
  commit_sha            = each.value.commit_sha
}

output "bastions" {
  value = module.bastion
}

output "prerequisites" {
  value = module.prerequisites
}
