# The account that lifecycle.py looks at.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 2
}

module "account" {
  source = "../../.."

  regions          = ["eu-west-1"]
  repository       = "acme/infrastructure"
  repository_ids   = { owner = "123456", repository = "456789" }
  service_role_arn = "arn:aws:iam::210987654321:role/bastion-orchestrator-tools-task"
  external_id      = "acme-bastion"
}

output "account" {
  value = module.account
}
