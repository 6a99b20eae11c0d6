# The module by itself, with ids written down: what an environment file holds. Closed; the service opens it.

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

module "bastion" {
  source = "../.."

  project_name                    = "orders"
  environment                     = "dev"
  vpc_id                          = "vpc-0a1b2c3d4e5f60718"
  subnet_id                       = "subnet-0a1b2c3d4e5f60718"
  rds_security_group_id           = "sg-0a1b2c3d4e5f60718"
  rds_endpoint                    = "orders.dev.internal"
  rds_port                        = 5432
  vpc_endpoint_security_group_ids = ["sg-0a1b2c3d4e5f60719"]
  kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  deploy_bastion        = 0
  requested_by_user_id  = ""
  requested_by_username = ""
  created_at            = ""
  expires_at            = ""
}

output "connect_command" {
  value = module.bastion.connect_command
}
