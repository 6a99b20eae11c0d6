locals {
  deploy_bastion = 0
}

inputs = merge(local.common, {
  deploy_bastion = 0
})
