# Into a VPC that is there, with a database that has its own group, in an account whose organisation has a trail: only
# the endpoints, the key, and the log of who opened which session.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

module "prerequisites" {
  source = "../.."

  name                           = "orders-prod"
  vpc_id                         = "vpc-0a1b2c3d4e5f60718"
  private_subnet_ids             = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  create_database_security_group = false
  create_flow_logs               = false
}

output "prerequisites" {
  value = module.prerequisites
}
