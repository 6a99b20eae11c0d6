# What a plan reads. The apply role has the same, and apply.tf.

data "aws_iam_policy_document" "plan" {
  statement {
    sid       = "State"
    actions   = ["s3:GetObject"]
    resources = ["${local.state_arn}/*"]
  }

  statement {
    sid       = "StateList"
    actions   = ["s3:ListBucket"]
    resources = [local.state_arn]
  }

  # The lock object, and no state.
  statement {
    sid       = "StateLock"
    actions   = ["s3:PutObject", "s3:DeleteObject"]
    resources = ["${local.state_arn}/*.tflock"]
  }

  statement {
    sid       = "StateKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [local.key_arn]
    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = ["${local.state_arn}*"]
    }
  }

  # checkov:skip=CKV_AWS_356:describing knows no single resource
  statement {
    sid = "Look"
    actions = [
      "cloudwatch:DescribeAlarms",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceAttribute",
      "ec2:DescribeInstanceCreditSpecifications",
      "ec2:DescribeInstanceTypeOfferings",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribePrefixLists",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeVolumes",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcs",
      "logs:DescribeLogGroups",
    ]
    resources = ["*"] # describing knows no single resource
    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = var.regions
    }
  }

  statement {
    sid = "ReadRoles"
    actions = [
      "iam:GetInstanceProfile",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
    ]
    resources = concat(local.bastion_roles, local.profiles)
  }

  statement {
    sid = "Read"
    actions = [
      "cloudwatch:ListTagsForResource",
      "logs:ListTagsForResource",
      "scheduler:GetSchedule",
      "sqs:GetQueueAttributes",
      "sqs:ListQueueTags",
      "ssm:DescribeDocument",
      "ssm:DescribeDocumentPermission",
      "ssm:GetDocument",
    ]
    resources = flatten([for region in var.regions : [
      "${local.arn}:cloudwatch:${region}:${local.account}:alarm:bastion-*",
      "${local.arn}:logs:${region}:${local.account}:log-group:/bastion/*",
      "${local.arn}:scheduler:${region}:${local.account}:schedule/default/bastion-*",
      "${local.arn}:sqs:${region}:${local.account}:bastion-*",
      "${local.arn}:ssm:${region}:${local.account}:document/bastion-*",
    ]])
  }

  # AWS's own: the id of the newest image.
  statement {
    sid       = "ReadImage"
    actions   = ["ssm:GetParameter"]
    resources = [for region in var.regions : "${local.arn}:ssm:${region}::parameter/aws/service/ami-amazon-linux-latest/*"]
  }
}
