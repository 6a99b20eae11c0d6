locals {
  deploy_bastion = 0
}
