include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${get_repo_root()}/terraform-modules//bastion"
}

inputs = {
  project_name  = "orders"
  environment   = "prod"
  instance_type = "t4g.nano"

  # Placeholders of the right form: write what `terraform output` of the prerequisites says.
  vpc_id                          = "vpc-00000000000000003"
  subnet_id                       = "subnet-00000000000000003"
  rds_security_group_id           = "sg-00000000000000003"
  rds_endpoint                    = "orders.prod.internal"
  rds_port                        = 5432
  vpc_endpoint_security_group_ids = ["sg-000000000000000e3"]
  kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000003"

  # Written by the service; empty while closed.
  deploy_bastion        = 0
  requested_by_user_id  = ""
  requested_by_username = ""
  created_at            = ""
  expires_at            = ""
}
