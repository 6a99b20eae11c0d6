inputs = merge([local.common, { deploy_bastion = 0 }]...)
