inputs = {
  deploy_bastion = 0
}
inputs = {}
