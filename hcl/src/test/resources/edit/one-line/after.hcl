inputs = { deploy_bastion = 1, requested_by = "U1", other = 5 } # all of it
