# Two roles. Fargate takes the execution role to start the task: image, secrets, log. The service itself has the task
# role: it may look at bastions, and end what carries their tag. It cannot start one: that is CI's, from the ledger.

locals {
  # Of an image in ECR, its repository; any other registry is asked without AWS.
  ecr        = regexall("^([0-9]{12})[.]dkr[.]ecr[.]([a-z0-9-]+)[.]amazonaws[.]com(?:[.]cn)?/([^@:]+)", coalesce(var.image, "none"))
  ecr_arns   = [for part in local.ecr : "arn:${local.partition}:ecr:${part[1]}:${part[0]}:repository/${part[2]}"]
  of_manager = distinct([for arn in values(var.secrets) : join(":", slice(split(":", arn), 0, 7)) if strcontains(arn, ":secretsmanager:")])
  of_store   = distinct([for arn in values(var.secrets) : arn if strcontains(arn, ":ssm:")])
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    # Only for tasks of this account: the service principal is everybody's.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:ecs:${local.region}:${local.account}:*"]
    }
  }
}

# Starting the task ----------------------------------------------------------------------------------------------------

data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}:*"]
  }

  dynamic "statement" {
    for_each = length(local.of_manager) > 0 ? [1] : []
    content {
      sid       = "Secrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = local.of_manager
    }
  }

  dynamic "statement" {
    for_each = length(local.of_store) > 0 ? [1] : []
    content {
      sid       = "Parameters"
      actions   = ["ssm:GetParameters"]
      resources = local.of_store
    }
  }

  dynamic "statement" {
    for_each = length(var.secrets_kms_key_arns) > 0 ? [1] : []
    content {
      sid       = "SecretsKey"
      actions   = ["kms:Decrypt"]
      resources = var.secrets_kms_key_arns
      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["secretsmanager.${local.region}.amazonaws.com", "ssm.${local.region}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(local.ecr_arns) > 0 ? [1] : []
    content {
      sid       = "Image"
      actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = local.ecr_arns
    }
  }

  dynamic "statement" {
    for_each = length(local.ecr_arns) > 0 ? [1] : []
    content {
      sid       = "RegistryToken"
      actions   = ["ecr:GetAuthorizationToken"]
      resources = ["*"] # the token is the account's; the action knows no repository
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "${local.name}-execution"
  description        = "Starts the bastion service of ${var.environment}: its image, its secrets, its log"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = local.tags
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

# The service itself ---------------------------------------------------------------------------------------------------

data "aws_iam_policy_document" "task" {
  statement {
    sid = "Look"
    actions = [
      "ec2:DescribeInstances",
      "ec2:DescribeSecurityGroups",
      "ssm:DescribeInstanceInformation",
      "ssm:DescribeSessions", # who connected, for the ledger
    ]
    resources = ["*"] # describing knows no single resource
    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [local.region]
    }
  }

  # What /bastion doctor reads beyond that. Without these the service works, and doctor says what it cannot check.
  statement {
    sid = "Diagnose"
    actions = [
      "ec2:DescribeInstanceStatus",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeVpcEndpoints",
    ]
    resources = ["*"] # describing knows no single resource
    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [local.region]
    }
  }

  statement {
    sid     = "DiagnoseBastions"
    actions = ["iam:GetInstanceProfile", "scheduler:GetSchedule"]
    resources = [
      "arn:${local.partition}:iam::${local.account}:instance-profile/bastion-*",
      "arn:${local.partition}:iam::${local.account}:instance-profile/*/bastion-*", # with iam_path
      "arn:${local.partition}:scheduler:${local.region}:${local.account}:schedule/default/bastion-*",
    ]
  }

  # The last resort, for a bastion that outlives its grant: what our module tagged, here, and nothing else.
  statement {
    sid       = "EndBastions"
    actions   = ["ec2:TerminateInstances"]
    resources = ["arn:${local.partition}:ec2:${local.region}:${local.account}:instance/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/ManagedBy"
      values   = ["bastion"]
    }
  }

  # The accounts of ledger.yaml, by the role that each gives the service, and no other role.
  dynamic "statement" {
    for_each = length(var.watch_role_arns) > 0 ? [1] : []
    content {
      sid       = "WatchAccounts"
      actions   = ["sts:AssumeRole"]
      resources = var.watch_role_arns
    }
  }
}

resource "aws_iam_role" "task" {
  name               = "${local.name}-task"
  description        = "The bastion service of ${var.environment}: looks at bastions, ends what carries their tag"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = local.tags
}

resource "aws_iam_role_policy" "task" {
  name   = "bastions"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.task.json
}
