# What an opening, an extension and a closing change. Everybody whose commit reaches the branch can use this role, so it
# changes bastions, and not itself.

data "aws_iam_policy_document" "apply" {
  statement {
    sid       = "WriteState"
    actions   = ["s3:PutObject"]
    resources = ["${local.state_arn}/*"]
  }

  # The launch names an image, a subnet and groups, too; what it makes must carry our tag.
  statement {
    sid     = "Launch"
    actions = ["ec2:RunInstances"]
    resources = concat(
      ["${local.arn}:ec2:*::image/*"],
      flatten([for region in var.regions : [for kind in ["network-interface", "security-group", "subnet"] : "${local.arn}:ec2:${region}:${local.account}:${kind}/*"]])
    )
  }

  statement {
    sid       = "LaunchBastions"
    actions   = ["ec2:RunInstances"]
    resources = flatten([for region in var.regions : [for kind in ["instance", "volume"] : "${local.arn}:ec2:${region}:${local.account}:${kind}/*"]])
    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/ManagedBy"
      values   = ["bastion"]
    }
  }

  statement {
    sid       = "ChangeBastions"
    actions   = ["ec2:ModifyInstanceAttribute", "ec2:MonitorInstances", "ec2:StopInstances", "ec2:TerminateInstances"]
    resources = [for region in var.regions : "${local.arn}:ec2:${region}:${local.account}:instance/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/ManagedBy"
      values   = ["bastion"]
    }
  }

  statement {
    sid       = "MakeGroups"
    actions   = ["ec2:CreateSecurityGroup"]
    resources = flatten([for region in var.regions : [for kind in ["security-group", "vpc"] : "${local.arn}:ec2:${region}:${local.account}:${kind}/*"]])
  }

  statement {
    sid       = "RemoveGroups"
    actions   = ["ec2:DeleteSecurityGroup"]
    resources = [for region in var.regions : "${local.arn}:ec2:${region}:${local.account}:security-group/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/ManagedBy"
      values   = ["bastion"]
    }
  }

  # Rules stand in the database's group and in the endpoints' groups, too, which are not ours and have no tag of ours.
  statement {
    sid = "Rules"
    actions = [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:ModifySecurityGroupRules",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
    ]
    resources = flatten([for region in var.regions : [for kind in ["security-group", "security-group-rule"] : "${local.arn}:ec2:${region}:${local.account}:${kind}/*"]])
  }

  statement {
    sid       = "TagWhatIsMade"
    actions   = ["ec2:CreateTags"]
    resources = [for region in var.regions : "${local.arn}:ec2:${region}:${local.account}:*/*"]
    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateSecurityGroup", "RunInstances"]
    }
  }

  # An extension changes tags.
  statement {
    sid       = "TagBastions"
    actions   = ["ec2:CreateTags", "ec2:DeleteTags"]
    resources = [for region in var.regions : "${local.arn}:ec2:${region}:${local.account}:*/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/ManagedBy"
      values   = ["bastion"]
    }
  }

  # A role is made, and gets policies, only with the boundary, where there is one.
  statement {
    sid       = "MakeRoles"
    actions   = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"]
    resources = local.bastion_roles
    dynamic "condition" {
      for_each = var.bastion_permissions_boundary == null ? [] : [var.bastion_permissions_boundary]
      content {
        test     = "StringEquals"
        variable = "iam:PermissionsBoundary"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "Roles"
    actions   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRoleDescription"]
    resources = local.bastion_roles
  }

  statement {
    sid = "Profiles"
    actions = [
      "iam:AddRoleToInstanceProfile",
      "iam:CreateInstanceProfile",
      "iam:DeleteInstanceProfile",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:TagInstanceProfile",
      "iam:UntagInstanceProfile",
    ]
    resources = local.profiles
  }

  statement {
    sid       = "GiveRoles"
    actions   = ["iam:PassRole"]
    resources = local.bastion_roles
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com", "scheduler.amazonaws.com"]
    }
  }

  # The roles of this module have a name that the statements above may match.
  statement {
    sid    = "NotItself"
    effect = "Deny"
    actions = [
      "iam:Add*", "iam:Attach*", "iam:Create*", "iam:Delete*", "iam:Detach*", "iam:PassRole", "iam:Put*", "iam:Remove*", "iam:Tag*",
      "iam:Untag*", "iam:Update*",
    ]
    resources = local.own_roles
  }

  statement {
    sid = "Parts"
    actions = [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
      "logs:CreateLogGroup",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
      "logs:AssociateKmsKey",
      "scheduler:CreateSchedule",
      "scheduler:DeleteSchedule",
      "scheduler:UpdateSchedule",
      "sqs:CreateQueue",
      "sqs:DeleteQueue",
      "sqs:SetQueueAttributes",
      "sqs:TagQueue",
      "sqs:UntagQueue",
      "ssm:AddTagsToResource",
      "ssm:CreateDocument",
      "ssm:DeleteDocument",
      "ssm:RemoveTagsFromResource",
      "ssm:UpdateDocument",
      "ssm:UpdateDocumentDefaultVersion",
    ]
    resources = flatten([for region in var.regions : [
      "${local.arn}:cloudwatch:${region}:${local.account}:alarm:bastion-*",
      "${local.arn}:logs:${region}:${local.account}:log-group:/bastion/*",
      "${local.arn}:scheduler:${region}:${local.account}:schedule/default/bastion-*",
      "${local.arn}:sqs:${region}:${local.account}:bastion-*",
      "${local.arn}:ssm:${region}:${local.account}:document/bastion-*",
    ]])
  }

  # The volume's key, by EC2 alone.
  statement {
    sid       = "VolumeKey"
    actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    resources = concat([local.key_arn], var.volume_key_arns)
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = [for region in var.regions : "ec2.${region}.amazonaws.com"]
    }
  }
}
