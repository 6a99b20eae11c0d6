locals {
  deploy_bastion = 0
}

inputs = merge({ deploy_bastion = 0 }, {
  project_name = "orders"
})
