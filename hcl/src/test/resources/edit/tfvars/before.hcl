# Read by Terraform itself.
project_name   = "orders"
deploy_bastion = 0
expires_at     = ""
tags           = { deploy_bastion = "no" }
