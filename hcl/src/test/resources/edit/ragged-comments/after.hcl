inputs = {
  project = "orders"  # who pays
  deploy_bastion = 10   # 1 while open
  requested_by="U12345678" #a Slack id
}
