# An environment file that takes its ids from the applied prerequisites instead of writing them down. Copy it to
# environments/<name>/bastion/terragrunt.hcl. The mocks let a plan run before the prerequisites are applied; an apply
# never sees them. Only the Terragrunt driver can apply it: `bastion apply --driver cdktf` refuses, naming the inputs.
include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${get_repo_root()}/terraform-modules//bastion"
}

dependency "prerequisites" {
  config_path = "${get_repo_root()}/environments/shared/prerequisites"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    vpc_id                          = "vpc-00000000000000000"
    subnet_id                       = "subnet-00000000000000000"
    rds_security_group_id           = "sg-00000000000000000"
    vpc_endpoint_security_group_ids = ["sg-00000000000000001"]
    kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  }
}

inputs = {
  project_name  = "orders"
  environment   = "example"
  instance_type = "t4g.nano"

  vpc_id                          = dependency.prerequisites.outputs.vpc_id
  subnet_id                       = dependency.prerequisites.outputs.subnet_id
  rds_security_group_id           = dependency.prerequisites.outputs.rds_security_group_id
  rds_endpoint                    = "orders.example.internal"
  rds_port                        = 5432
  vpc_endpoint_security_group_ids = dependency.prerequisites.outputs.vpc_endpoint_security_group_ids
  kms_key_arn                     = dependency.prerequisites.outputs.kms_key_arn

  # Written by the service; empty while closed.
  deploy_bastion        = 0
  requested_by_user_id  = ""
  requested_by_username = ""
  created_at            = ""
  expires_at            = ""
}
