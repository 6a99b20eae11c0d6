# What the bastion itself may do: let its agent register and carry sessions. Not AmazonSSMManagedInstanceCore, which
# also reads every parameter of the account. Role and profile stand while closed: an agent whose role is newer than its
# instance is denied at first, and waits half an hour before it asks again.

data "aws_iam_policy_document" "trust_ec2" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "agent" {
  # checkov:skip=CKV_AWS_111:the five actions of the SSM agent know no resource (service authorization reference of ssmmessages)
  # checkov:skip=CKV_AWS_356:the same; and logs:DescribeLogGroups lists, it reads nothing
  statement {
    sid = "Agent"
    actions = [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]
    resources = ["*"] # these actions know no resource of ours: the message gateway has none
  }

  dynamic "statement" {
    for_each = var.shell_access_enabled ? [1] : []
    content {
      sid       = "ShellLog"
      actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      resources = [local.log_group_arn, "${local.log_group_arn}:*"]
    }
  }

  dynamic "statement" {
    for_each = var.shell_access_enabled ? [1] : []
    content {
      sid       = "FindLog"
      actions   = ["logs:DescribeLogGroups"]
      resources = ["*"] # the agent lists groups to find its own; the action knows no single group
    }
  }

  dynamic "statement" {
    for_each = var.shell_access_enabled ? [1] : []
    content {
      sid       = "ShellKey"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
    }
  }
}

resource "aws_iam_role" "bastion" {
  count = local.stands

  name                 = local.name
  path                 = var.iam_path
  permissions_boundary = var.permissions_boundary
  description          = "The bastion of ${var.project_name} ${var.environment}: its SSM agent and nothing else"
  assume_role_policy   = data.aws_iam_policy_document.trust_ec2.json
  tags                 = local.tags
}

resource "aws_iam_role_policy" "agent" {
  count = local.stands

  name   = "agent"
  role   = aws_iam_role.bastion[0].id
  policy = data.aws_iam_policy_document.agent.json
}

resource "aws_iam_instance_profile" "bastion" {
  count = local.stands

  name = local.name
  path = var.iam_path
  role = aws_iam_role.bastion[0].name
  tags = local.tags
}

# The policy a person needs to connect: this instance and these documents only. An output; the team that manages
# people's roles attaches it. Without the access check on the document, StartSession would take the account's default one.
locals {
  instance_arn = "arn:${local.partition}:ec2:${local.region}:${local.account}:instance/${local.is_open ? aws_instance.bastion[0].id : "none"}"

  document_is_checked = { BoolIfExists = { "ssm:SessionDocumentAccessCheck" = "true" } }
  is_the_requester    = var.user_principal_tag == null ? {} : { "aws:PrincipalTag/${var.user_principal_tag}" = var.requested_by_user_id }

  user_policy = {
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "ThisBastion"
          Effect   = "Allow"
          Action   = ["ssm:StartSession"]
          Resource = [local.instance_arn]
          Condition = merge(local.document_is_checked, {
            StringEquals = merge(local.is_the_requester, {
              "ssm:resourceTag/RequestedByUserId" = local.requester_tag
            })
          })
        },
        {
          Sid       = "TheseDocuments"
          Effect    = "Allow"
          Action    = ["ssm:StartSession"]
          Resource  = concat(local.port_document_arns, var.shell_access_enabled ? [local.shell_document_arn] : [])
          Condition = merge(local.document_is_checked, length(local.is_the_requester) == 0 ? {} : { StringEquals = local.is_the_requester })
        },
        {
          Sid       = "OwnSessions"
          Effect    = "Allow"
          Action    = ["ssm:ResumeSession", "ssm:TerminateSession", "ssmmessages:OpenDataChannel"]
          Resource  = ["arn:${local.partition}:ssm:*:*:session/$${aws:userid}-*"]
          Condition = local.document_is_checked
        },
        { # the ids of an assumed role's sessions begin with the session's name; its tag is the user id all the same
          Sid       = "OwnSessionsByTag"
          Effect    = "Allow"
          Action    = ["ssm:ResumeSession", "ssm:TerminateSession"]
          Resource  = ["arn:${local.partition}:ssm:*:*:session/*"]
          Condition = merge(local.document_is_checked, { StringEquals = { "ssm:resourceTag/aws:ssmmessages:session-id" = "$${aws:userid}" } })
        },
      ],
      var.shell_access_enabled ? [
        {
          Sid       = "ShellKey"
          Effect    = "Allow"
          Action    = ["kms:GenerateDataKey"]
          Resource  = [var.kms_key_arn]
          Condition = local.document_is_checked
        },
      ] : [],
      [
        {
          Sid    = "NoOtherDocuments"
          Effect = "Deny"
          Action = ["ssm:StartSession"]
          Resource = [
            "arn:${local.partition}:ssm:*::document/AWS-*",
            "arn:${local.partition}:ssm:*:*:document/AWS-*",
            "arn:${local.partition}:ssm:*:*:document/SSM-SessionManagerRunShell",
          ]
        },
      ],
    )
  }
}
