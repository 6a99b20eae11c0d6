inputs = {
  project        = "orders" # who pays
  deploy_bastion = 0        # 1 while open
  count          = 12345678 # how many

  requested_by = "" # a Slack id
  created_at   = "" // when

  alone = "" # no neighbours
}
