# Plans of the module, compared with plans.json by terraform-modules/plans.py. Offline.

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  max_retries                 = 1
}

variables {
  name             = "acme-ledger-anchors"
  prefix           = "ledger"
  writer_role_arns = ["arn:aws:iam::123456789012:role/bastion-orchestrator"]
}

run "bucket" {
  command = plan
}

run "with_a_key" {
  command = plan

  variables {
    kms_key_arn    = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
    retention_mode = "GOVERNANCE"
  }
}
