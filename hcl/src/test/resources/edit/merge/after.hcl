locals {
  deploy_bastion = 0
}

inputs = merge(
  local.common,
  { deploy_bastion = 0, tags = merge(local.tags, { deploy_bastion = 0 }) },
  include.root.inputs, # deploy_bastion = 0
  {
    project_name   = "orders"
    deploy_bastion = 1
    expires_at     = "2026-01-15T13:30:00Z" # the end
    tags = merge(local.tags, { expires_at = "never" })
  },
)
