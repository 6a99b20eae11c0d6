inputs = {
  deploy_bastion = 0

  (local.name) = 1
}
