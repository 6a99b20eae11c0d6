inputs = { deploy_bastion = 0, requested_by = "", other = 5 } # all of it
