inputs = {
  project        = "orders" # who pays
  deploy_bastion = 1        # 1 while open
  count          = 12345678 # how many

  requested_by = "U12345678"            # a Slack id
  created_at   = "2026-01-15T10:30:00Z" // when

  alone = "some" # no neighbours
}
