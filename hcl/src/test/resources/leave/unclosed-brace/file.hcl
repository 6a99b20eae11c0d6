inputs = {
  deploy_bastion = 0
