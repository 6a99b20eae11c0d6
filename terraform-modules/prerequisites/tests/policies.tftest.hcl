# Who may use the key and write the logs: the documents as the real provider evaluates them, planned with keys that open
# nothing. Offline.

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  max_retries                 = 1
}

override_data {
  target = data.aws_caller_identity.this
  values = { account_id = "123456789012" }
}

override_data {
  target = data.aws_availability_zones.this
  values = { names = ["eu-west-1a"] }
}

override_data {
  target = data.aws_vpc_endpoint_service.new
  values = { vpc_endpoint_policy_supported = true }
}

variables {
  name = "orders-dev"
}

run "who_may_use_the_key" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.this[0].policy).Statement : statement.Sid] == ["Account", "CloudWatchLogs", "Volumes"]
    error_message = "the account, CloudWatch Logs and volumes; nobody else: ${aws_kms_key.this[0].policy}"
  }
  assert {
    condition = jsondecode(aws_kms_key.this[0].policy).Statement[1].Principal == { Service = "logs.eu-west-1.amazonaws.com" } && jsondecode(aws_kms_key.this[0].policy).Statement[1].Condition == {
      ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:123456789012:log-group:*" }
    }
    error_message = "CloudWatch Logs, for this account's log groups only"
  }
  assert {
    condition = jsondecode(aws_kms_key.this[0].policy).Statement[2].Condition == {
      StringEquals = { "kms:ViaService" = "ec2.eu-west-1.amazonaws.com", "kms:CallerAccount" = "123456789012" }
    }
    error_message = "volumes: only through EC2, only from this account"
  }
}

run "a_trail_may_use_the_key_too" {
  command = plan

  variables {
    create_trail = true
  }

  assert {
    condition = jsondecode(aws_kms_key.this[0].policy).Statement[3].Principal == { Service = "cloudtrail.amazonaws.com" } && jsondecode(aws_kms_key.this[0].policy).Statement[3].Condition == {
      StringEquals = { "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/orders-dev-bastion" }
    }
    error_message = "this trail and no other"
  }
}

run "who_may_write_session_metadata" {
  command = plan

  assert {
    condition     = jsondecode(aws_cloudwatch_log_resource_policy.events[0].policy_document).Statement[0].Resource == "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/orders-dev-bastion-sessions:*"
    error_message = "EventBridge writes to this one group"
  }
  assert {
    condition     = jsondecode(aws_iam_role.flows[0].assume_role_policy).Statement[0].Condition == { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    error_message = "only this account's flow logs"
  }
}

run "who_may_use_the_endpoints" {
  command = plan

  variables {
    endpoint_principal_accounts = ["210987654321"]
  }

  assert {
    condition = alltrue([for endpoint in aws_vpc_endpoint.interface : jsondecode(endpoint.policy).Statement == [{
      Sid       = "PrincipalsOfTheseAccounts"
      Effect    = "Allow"
      Action    = "*"
      Principal = { AWS = "*" }
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalAccount" = ["123456789012", "210987654321"] } }
    }]])
    error_message = "principals of the named accounts, and of no other: ${aws_vpc_endpoint.interface["ssm"].policy}"
  }
}

run "nobody_elses_endpoints" {
  command = plan

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : jsondecode(endpoint.policy).Statement[0].Condition == { StringEquals = { "aws:PrincipalAccount" = "123456789012" } }])
    error_message = "by default this account's principals alone"
  }
}

run "this_trail_writes_into_its_bucket_and_only_encrypted" {
  command = plan

  variables {
    create_trail = true
  }

  assert {
    condition     = { for statement in jsondecode(data.aws_iam_policy_document.trail_bucket[0].json).Statement : statement.Sid => statement.Effect } == { TrailLooks = "Allow", TrailWrites = "Allow", OnlyEncryptedConnections = "Deny" }
    error_message = "the trail looks and writes, and whoever does not encrypt is denied"
  }
  assert {
    condition     = alltrue([for statement in slice(jsondecode(data.aws_iam_policy_document.trail_bucket[0].json).Statement, 0, 2) : statement.Principal == { Service = "cloudtrail.amazonaws.com" } && statement.Condition.StringEquals["aws:SourceArn"] == "arn:aws:cloudtrail:eu-west-1:123456789012:trail/orders-dev-bastion"])
    error_message = "this trail, and no other: ${data.aws_iam_policy_document.trail_bucket[0].json}"
  }
  assert {
    condition     = jsondecode(data.aws_iam_policy_document.trail_bucket[0].json).Statement[1].Condition.StringEquals["s3:x-amz-acl"] == "bucket-owner-full-control" && jsondecode(data.aws_iam_policy_document.trail_bucket[0].json).Statement[1].Resource == "arn:aws:s3:::orders-dev-bastion-trail-123456789012/AWSLogs/123456789012/*"
    error_message = "what it writes is the bucket's owner's, below AWSLogs of this account"
  }
  assert {
    condition     = jsondecode(data.aws_iam_policy_document.trail_bucket[0].json).Statement[2].Condition == { Bool = { "aws:SecureTransport" = "false" } } && jsondecode(data.aws_iam_policy_document.trail_bucket[0].json).Statement[2].Principal == "*" && jsondecode(data.aws_iam_policy_document.trail_bucket[0].json).Statement[2].Action == "s3:*"
    error_message = "everybody who does not encrypt is denied everything: ${data.aws_iam_policy_document.trail_bucket[0].json}"
  }
}
