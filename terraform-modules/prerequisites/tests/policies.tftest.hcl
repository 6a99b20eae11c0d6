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
