# What is there before CI plans and applies.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 2
}

module "prerequisites" {
  source = "../../../../prerequisites"

  name = "orders"
}

output "prerequisites" {
  value = module.prerequisites
}
