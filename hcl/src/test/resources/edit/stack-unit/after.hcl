unit "bastion" {
  source = "../units/bastion"
  path   = "bastion"
  values = {
    deploy_bastion = 1
    expires_at     = "2026-01-15T13:30:00Z"
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
