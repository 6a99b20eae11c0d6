# The providers in the image for CI, with their checksums in the lock file beside it.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
