# Every part at once, and beside it the parts that an existing VPC needs: what lifecycle.py plays with.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 2
}

variable "create_trail" {
  description = "Whether the first has a trail of its own."
  type        = bool
}

module "everything" {
  source = "../../.."

  name                    = "everything"
  availability_zone_count = 2
  endpoints               = ["ssm", "ssmmessages", "ec2messages", "logs", "kms"]
  create_trail            = var.create_trail
}

module "existing" {
  source = "../../.."

  name                           = "existing"
  vpc_id                         = aws_vpc.existing.id
  private_subnet_ids             = [aws_subnet.existing.id]
  create_kms_key                 = false
  kms_key_arn                    = module.everything.kms_key_arn
  create_database_security_group = false
  create_session_metadata        = false
}

resource "aws_vpc" "existing" {
  cidr_block           = "10.80.0.0/24"
  enable_dns_hostnames = true
}

resource "aws_subnet" "existing" {
  vpc_id     = aws_vpc.existing.id
  cidr_block = "10.80.0.0/26"
}

output "everything" {
  value = module.everything
}

output "existing" {
  value = module.existing
}
