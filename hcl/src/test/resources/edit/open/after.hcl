include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${get_repo_root()}/terraform-modules//bastion"
}

inputs = {
  project_name = "orders"
  environment  = "dev"

  # Written by the service; empty while closed.
  deploy_bastion        = 1
  requested_by_user_id  = "U12345678"
  requested_by_username = "john.doe"
  created_at            = "2026-01-15T10:30:00Z"
  expires_at            = "2026-01-15T13:30:00Z"
}
