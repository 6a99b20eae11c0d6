inputs = {
  project = "orders"  # who pays
  deploy_bastion = 0   # 1 while open
  requested_by="" #a Slack id
}
