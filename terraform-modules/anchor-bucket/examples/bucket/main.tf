# A bucket in the auditors' account, and the policy that the service's role gets in its own.

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

module "anchors" {
  source = "../.."

  name             = "acme-ledger-anchors"
  prefix           = "ledger"
  writer_role_arns = ["arn:aws:iam::123456789012:role/bastion-orchestrator"]
}

output "anchors" {
  value = module.anchors
}
