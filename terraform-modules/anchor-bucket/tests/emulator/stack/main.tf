# The bucket that lifecycle.py plays with.

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
  skip_requesting_account_id  = true
  max_retries                 = 2
}

module "anchors" {
  source = "../../.."

  name             = "acme-ledger-anchors"
  prefix           = "ledger"
  writer_role_arns = ["arn:aws:iam::123456789012:role/bastion-orchestrator"]
}
