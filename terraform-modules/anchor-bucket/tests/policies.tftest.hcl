# Who may do what with the bucket: the documents as the real provider evaluates them, planned with keys that open nothing.
# Offline.

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  max_retries                 = 1
}

variables {
  name             = "acme-ledger-anchors"
  prefix           = "ledger"
  writer_role_arns = ["arn:aws:iam::123456789012:role/bastion-orchestrator"]
}

run "the_service_only_puts" {
  command = plan

  assert {
    condition = jsondecode(output.writer_policy_json).Statement == [{
      Sid = "AddAnchors", Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-ledger-anchors/ledger/*"
    }]
    error_message = "PutObject below the prefix, and nothing else: ${output.writer_policy_json}"
  }
  assert {
    condition = jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[3] == {
      Sid       = "TheWriterOnlyPuts", Effect = "Deny", NotAction = "s3:PutObject",
      Principal = { AWS = "arn:aws:iam::123456789012:role/bastion-orchestrator" },
      Resource  = ["arn:aws:s3:::acme-ledger-anchors/*", "arn:aws:s3:::acme-ledger-anchors"]
    }
    error_message = "whatever else the role may: ${aws_s3_bucket_policy.anchors.policy}"
  }
  assert {
    condition = jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[2] == {
      Sid       = "TheWriterPuts", Effect = "Allow", Action = "s3:PutObject",
      Principal = { AWS = "arn:aws:iam::123456789012:role/bastion-orchestrator" },
      Resource  = "arn:aws:s3:::acme-ledger-anchors/ledger/*"
    }
    error_message = "a role of another account needs the bucket's leave, too"
  }
}

run "only_encrypted_connections" {
  command = plan

  assert {
    condition = jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[0].Effect == "Deny" && jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[0].Principal == "*" && jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[0].Condition == {
      Bool = { "aws:SecureTransport" = "false" }
    }
    error_message = "TLS for everybody"
  }
}

run "nobody_shortens_the_retention" {
  command = plan

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[1].Effect == "Deny" && jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[1].Principal == "*" && toset(jsondecode(aws_s3_bucket_policy.anchors.policy).Statement[1].Action) == toset(["s3:BypassGovernanceRetention", "s3:PutObjectLegalHold", "s3:PutObjectRetention"])
    error_message = "not in the mode GOVERNANCE either"
  }
}

run "a_key_is_used_for_this_bucket_alone" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
  }

  assert {
    condition = jsondecode(output.writer_policy_json).Statement[1] == {
      Sid       = "EncryptAnchors", Effect = "Allow", Action = "kms:GenerateDataKey", Resource = var.kms_key_arn,
      Condition = { StringLike = { "kms:EncryptionContext:aws:s3:arn" = "arn:aws:s3:::acme-ledger-anchors*" } }
    }
    error_message = "encrypt, for this bucket: ${output.writer_policy_json}"
  }
}
