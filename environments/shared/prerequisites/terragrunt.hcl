# What the environments stand on, where Terragrunt makes it: VPC, endpoints, key. Not an environment: it has no
# deploy_bastion, so the service never touches it, and it is applied by hand, once:
#
#   cd environments/shared/prerequisites && terragrunt apply
#
# Its outputs are either written into the environment files as literals (dev, staging, prod: then either driver can
# apply them), or taken by a `dependency` (terraform-modules/bastion/examples/terragrunt-dependency: Terragrunt only, which
# CI has with BASTION_TERRAGRUNT=true: docs/ci.md, "Terragrunt and OpenTofu").
include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${get_repo_root()}/terraform-modules//prerequisites"
}

inputs = {
  name = "orders-shared"
}
