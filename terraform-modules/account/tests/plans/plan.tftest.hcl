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

override_data {
  target = data.aws_caller_identity.this
  values = { account_id = "123456789012" }
}

variables {
  regions          = ["eu-west-1", "us-east-1"]
  repository       = "acme/infrastructure"
  repository_ids   = { owner = "123456", repository = "456789" }
  service_role_arn = "arn:aws:iam::210987654321:role/bastion-orchestrator-tools-task"
  external_id      = "acme-bastion"
}

# Its own key and GitHub's provider. What names the key is known after an apply only.
run "account" {
  command = plan
}

run "with_a_key" {
  command = plan

  variables {
    create_oidc_provider = false
    kms_key_arn          = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
    volume_key_arns      = ["arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002"]
  }
}

run "with_everything" {
  command = plan

  variables {
    name                         = "acme"
    create_oidc_provider         = false
    only_ids                     = true
    apply_environment            = "bastion-apply"
    plan_environment             = "bastion-plan"
    workflow_repository          = "acme/workflows"
    permissions_boundary         = "arn:aws:iam::123456789012:policy/boundary"
    bastion_permissions_boundary = "arn:aws:iam::123456789012:policy/bastions"
    iam_path                     = "/teams/platform/"
    tags                         = { CostCenter = "42" }
    state_bucket                 = "acme-states"
    state_days                   = 30
    kms_key_arn                  = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
    anchor_bucket                = "acme-anchors"
  }
}
