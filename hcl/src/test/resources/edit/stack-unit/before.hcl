unit "bastion" {
  source = "../units/bastion"
  path   = "bastion"
  values = {
    deploy_bastion = 0
    expires_at     = ""
  }
}

unit "other" {
  source = "../units/other"
  path   = "other"
  values = {
    deploy_bastion = 0
    expires_at     = ""
  }
}
