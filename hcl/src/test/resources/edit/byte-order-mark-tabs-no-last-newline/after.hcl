inputs = {
	deploy_bastion = 1234	# tab before, tabs around
	other	= 1 # one
}