# Everything of our own: a VPC without a way to the internet, endpoints for logged shells too, and a trail.

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

  name                    = "orders-dev"
  vpc_cidr                = "10.64.0.0/24"
  availability_zone_count = 2
  endpoints               = ["ssm", "ssmmessages", "logs", "kms"]
  create_trail            = true
}

output "prerequisites" {
  value = module.prerequisites
}
