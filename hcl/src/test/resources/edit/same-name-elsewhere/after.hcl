# deploy_bastion = 0
dependency "network" {
  config_path = "../network"
  mock_outputs = {
    deploy_bastion = 0
    inputs = { deploy_bastion = 0 }
  }
}
locals {
  deploy_bastion = 0
  inputs = { deploy_bastion = 0 }
  note = "inputs = { deploy_bastion = 0 }"
}
/* inputs = { deploy_bastion = 0 } */
generate "note" {
  path = "note.txt"
  if_exists = "overwrite"
  contents = <<-EOT
    inputs = {
      deploy_bastion = 0 # not this
    }
    ${jsonencode({ deploy_bastion = 0, text = "}\"${local.deploy_bastion}" })}
  EOT
}
inputs = {
  nested = { deploy_bastion = 0, inputs = { deploy_bastion = 0 } }
  list = [{ deploy_bastion = 0 }, "deploy_bastion = 0"]
  deploy_bastion /* why */ = /* because */ 1 // this one
  deploy_bastions = 0
}
