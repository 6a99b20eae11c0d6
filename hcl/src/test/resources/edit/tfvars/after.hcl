# Read by Terraform itself.
project_name   = "orders"
deploy_bastion = 1
expires_at     = "2026-01-15T13:30:00Z"
tags           = { deploy_bastion = "no" }
