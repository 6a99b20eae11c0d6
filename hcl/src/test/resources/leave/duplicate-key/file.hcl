inputs = {
  deploy_bastion   = 0
  "deploy_bastion" = 0
}
