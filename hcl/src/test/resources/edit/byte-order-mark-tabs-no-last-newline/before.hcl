inputs = {
	deploy_bastion = 0	# tab before, tabs around
	other	= 1 # one
}