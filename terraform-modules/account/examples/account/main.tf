# One account: what CI and the service need there, in one apply.

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

module "account" {
  source = "../.."

  regions          = ["eu-west-1"]
  repository       = "acme/infrastructure"
  repository_ids   = { owner = "123456", repository = "456789" }
  service_role_arn = "arn:aws:iam::123456789012:role/bastion-orchestrator-tools-task"
  external_id      = "acme-bastion"
}

output "ledger_account" {
  description = "For accounts of ledger.yaml."
  value       = module.account.ledger_account
}
