include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${get_repo_root()}/terraform-modules//bastion"
}

inputs = {
  project_name  = "orders"
  instance_type = "t4g.nano"

  # Written by the service; empty while closed.
  deploy_bastion        = 0
  requested_by_user_id  = ""
  requested_by_username = ""
  created_at            = ""
  expires_at            = ""
}
