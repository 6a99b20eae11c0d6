inputs = {
  deploy_bastion = 0 # stays 0
  expires_at     = local.end
}
