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
  target = data.aws_subnet.this
  values = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = false }
}

override_data {
  target = data.aws_route_tables.own
  values = { ids = ["rtb-00000000000000001"] }
}

override_data {
  target = data.aws_route_tables.main
  values = { ids = ["rtb-00000000000000001"] }
}

override_data {
  target = data.aws_route_table.this
  values = { routes = [] }
}

override_data {
  target = data.aws_ssm_parameter.image
  values = { insecure_value = "ami-00000000000000001" }
}

variables {
  project_name                    = "orders"
  environment                     = "dev"
  vpc_id                          = "vpc-00000000000000001"
  subnet_id                       = "subnet-00000000000000001"
  rds_security_group_id           = "sg-00000000000000001"
  rds_endpoint                    = "orders.dev.internal"
  vpc_endpoint_security_group_ids = ["sg-0000000000000000a"]
  kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"

  deploy_bastion        = 1
  requested_by_user_id  = "U12345678"
  requested_by_username = "john.doe"
  created_at            = timestamp()
  expires_at            = timeadd(timestamp(), "2h")
}

run "the_bastions_role_is_its_agents_five_actions" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.agent[0].policy).Statement == [{
      Sid    = "Agent"
      Effect = "Allow"
      Action = [
        "ssmmessages:OpenDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:CreateControlChannel",
        "ssm:UpdateInstanceInformation",
      ]
      Resource = "*"
    }]
    error_message = "the bastion's role is more, or less, than its agent needs: ${aws_iam_role_policy.agent[0].policy}"
  }
  assert {
    condition     = jsondecode(aws_iam_role.bastion[0].assume_role_policy).Statement[0].Principal == { Service = "ec2.amazonaws.com" } && length(jsondecode(aws_iam_role.bastion[0].assume_role_policy).Statement) == 1
    error_message = "only EC2 may take the bastion's role"
  }
  assert {
    condition     = aws_instance.bastion[0].iam_instance_profile == "bastion-orders-dev"
    error_message = "the instance must have its own profile"
  }
}

run "shells_add_their_log_and_key" {
  command = plan

  variables {
    shell_access_enabled = true
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.agent[0].policy).Statement : statement.Sid] == ["Agent", "ShellLog", "FindLog", "ShellKey"]
    error_message = "with shells: the agent, its log, finding it, the key; nothing else"
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.agent[0].policy).Statement[1] == {
      Sid    = "ShellLog"
      Effect = "Allow"
      Action = ["logs:PutLogEvents", "logs:DescribeLogStreams", "logs:CreateLogStream"]
      Resource = [
        "arn:aws:logs:eu-west-1:123456789012:log-group:/bastion/orders/dev/sessions:*",
        "arn:aws:logs:eu-west-1:123456789012:log-group:/bastion/orders/dev/sessions",
      ]
    }
    error_message = "three log actions, on the one group"
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.agent[0].policy).Statement[2].Action == "logs:DescribeLogGroups" && jsondecode(aws_iam_role_policy.agent[0].policy).Statement[3].Action == "kms:Decrypt" && jsondecode(aws_iam_role_policy.agent[0].policy).Statement[3].Resource == var.kms_key_arn
    error_message = "list the groups, and decrypt with the one key"
  }
}

run "only_the_scheduler_of_this_account_ends_it" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.end[0].assume_role_policy).Statement == [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
    error_message = "the role is for this account's EventBridge Scheduler alone: ${aws_iam_role.end[0].assume_role_policy}"
  }
}

run "closed_the_roles_stand_with_the_same_rights" {
  command = plan

  variables {
    deploy_bastion = 0
    created_at     = ""
    expires_at     = ""
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.agent[0].policy).Statement : statement.Sid] == ["Agent"] && jsondecode(aws_iam_role.end[0].assume_role_policy).Statement[0].Condition == { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    error_message = "closed, the roles must be what they are while open"
  }
}
