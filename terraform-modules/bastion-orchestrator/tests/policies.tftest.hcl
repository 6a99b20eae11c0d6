# What the roles may do: the documents as the real provider evaluates them, planned with keys that open nothing. Offline.

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
  target = data.aws_subnet.private
  values = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = false }
}

variables {
  environment                = "tools"
  vpc_id                     = "vpc-00000000000000001"
  subnet_ids                 = ["subnet-00000000000000001"]
  image                      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/platform/bastion@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  cloudwatch_kms_key_arn     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
  slack_notification_channel = "C0123ABC"
  ledger_remote              = "https://github.com/acme/infrastructure.git"
  secrets = {
    "slack.app_token" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_app_token::"
    "slack.bot_token" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_bot_token::"
    "ledger.token"    = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
  }
}

run "the_service_looks_and_ends_what_is_tagged" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.task.policy).Statement == [
      {
        Sid    = "Look"
        Effect = "Allow"
        Action = [
          "ssm:DescribeSessions",
          "ssm:DescribeInstanceInformation",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeInstances",
        ]
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = "eu-west-1" } }
      },
      {
        Sid    = "Diagnose"
        Effect = "Allow"
        Action = [
          "ec2:DescribeVpcEndpoints",
          "ec2:DescribeSecurityGroupRules",
          "ec2:DescribeRouteTables",
          "ec2:DescribeInstanceStatus",
        ]
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = "eu-west-1" } }
      },
      {
        Sid    = "DiagnoseBastions"
        Effect = "Allow"
        Action = ["scheduler:GetSchedule", "iam:GetInstanceProfile"]
        Resource = [
          "arn:aws:scheduler:eu-west-1:123456789012:schedule/default/bastion-*",
          "arn:aws:iam::123456789012:instance-profile/bastion-*",
          "arn:aws:iam::123456789012:instance-profile/*/bastion-*",
        ]
      },
      {
        Sid       = "EndBastions"
        Effect    = "Allow"
        Action    = "ec2:TerminateInstances"
        Resource  = "arn:aws:ec2:eu-west-1:123456789012:instance/*"
        Condition = { StringEquals = { "aws:ResourceTag/ManagedBy" = "bastion" } }
      },
    ]
    error_message = "the service may look, read what doctor reads, and terminate what carries our tag; nothing else: ${aws_iam_role_policy.task.policy}"
  }
}

run "the_service_takes_the_roles_of_its_accounts_alone" {
  command = plan

  variables {
    watch_role_arns = ["arn:aws:iam::222222222222:role/bastion-watch"]
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.task.policy).Statement : statement if strcontains(jsonencode(statement), "sts:")] == [{
      Sid = "WatchAccounts", Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::222222222222:role/bastion-watch"
    }]
    error_message = "these roles, and no other: ${aws_iam_role_policy.task.policy}"
  }
}

run "the_start_reads_these_secrets_this_image_this_log" {
  command = plan

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Sid => statement.Resource } == {
      Log           = "arn:aws:logs:eu-west-1:123456789012:log-group:/bastion/bastion-orchestrator-tools:*"
      Secrets       = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf"
      Parameters    = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
      Image         = "arn:aws:ecr:eu-west-1:123456789012:repository/platform/bastion"
      RegistryToken = "*"
    }
    error_message = "the execution role is wider than what it starts: ${aws_iam_role_policy.execution.policy}"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : alltrue([for action in flatten([statement.Action]) : !strcontains(action, "*")])])
    error_message = "no wildcard among the actions"
  }
}

run "an_image_from_elsewhere_needs_no_registry_of_aws" {
  command = plan

  variables {
    image                = "ghcr.io/acme/bastion@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    secrets_kms_key_arns = ["arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002"]
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Sid] == ["Log", "Secrets", "Parameters", "SecretsKey"]
    error_message = "the log, the secrets and their key"
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.execution.policy).Statement[3] == {
      Sid       = "SecretsKey"
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002"
      Condition = { StringEquals = { "kms:ViaService" = ["secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"] } }
    }
    error_message = "decrypt with that key, through Secrets Manager and SSM alone: ${aws_iam_role_policy.execution.policy}"
  }
}

run "the_roles_are_for_tasks_of_this_account" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.task.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = "123456789012" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-west-1:123456789012:*" }
      }
    }]
    error_message = "only ECS tasks of this account may take the service's role: ${aws_iam_role.task.assume_role_policy}"
  }
  assert {
    condition     = aws_iam_role.execution.assume_role_policy == aws_iam_role.task.assume_role_policy && aws_iam_role.execution.name != aws_iam_role.task.name
    error_message = "two roles, each for tasks"
  }
}

run "what_the_service_has_is_not_tagged_as_a_bastion" {
  command = plan

  assert {
    condition     = aws_ecs_service.service[0].tags["ManagedBy"] == "bastion-orchestrator"
    error_message = "ManagedBy=bastion is what the service may end"
  }
}
