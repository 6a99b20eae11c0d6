# What every environment shares. Both drivers of `bastion apply` read region and state_bucket from here, so they are
# literals. The state key is the same for both: the environment's path, like dev/bastion/terraform.tfstate.
locals {
  region       = "eu-west-1"
  state_bucket = "example-bastion-state"

  # AWS_ENDPOINT_URL leads to an emulator. It has path-style addresses, no accounts to check keys against, and answers
  # 500 to what it does not know: worth two tries, not twenty-five.
  emulator = get_env("AWS_ENDPOINT_URL", "") != ""
}

remote_state {
  backend = "s3"

  generate = {
    path      = "backend.tf"
    if_exists = "overwrite_terragrunt"
  }

  config = {
    bucket       = local.state_bucket
    key          = "${path_relative_to_include()}/terraform.tfstate"
    region       = local.region
    encrypt      = true
    use_lockfile = true

    use_path_style              = local.emulator
    skip_credentials_validation = local.emulator
    skip_metadata_api_check     = local.emulator
    skip_requesting_account_id  = local.emulator
  }
}

generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<-EOF
    provider "aws" {
      region = "${local.region}"

      s3_use_path_style           = ${local.emulator}
      skip_credentials_validation = ${local.emulator}
      skip_metadata_api_check     = ${local.emulator}
      max_retries                 = ${local.emulator ? 2 : 25}
    }
  EOF
}
