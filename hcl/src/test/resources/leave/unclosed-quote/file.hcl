inputs = {
  deploy_bastion = 0
  note = "open
}
