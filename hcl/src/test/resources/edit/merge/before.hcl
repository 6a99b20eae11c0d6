locals {
  deploy_bastion = 0
}

inputs = merge(
  local.common,
  { deploy_bastion = 0, tags = merge(local.tags, { deploy_bastion = 0 }) },
  include.root.inputs, # deploy_bastion = 0
  {
    project_name   = "orders"
    deploy_bastion = 0
    expires_at     = "" # the end
    tags = merge(local.tags, { expires_at = "" })
  },
)
