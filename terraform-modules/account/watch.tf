# What the service does here: the same as in its own account, see the module bastion-orchestrator.

data "aws_iam_policy_document" "watch" {
  # checkov:skip=CKV_AWS_356:describing knows no single resource
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
      values   = var.regions
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
      values   = var.regions
    }
  }

  statement {
    sid       = "DiagnoseBastions"
    actions   = ["iam:GetInstanceProfile", "scheduler:GetSchedule"]
    resources = concat(local.profiles, [for region in var.regions : "${local.arn}:scheduler:${region}:${local.account}:schedule/default/bastion-*"])
  }

  statement {
    sid       = "EndBastions"
    actions   = ["ec2:TerminateInstances"]
    resources = [for region in var.regions : "${local.arn}:ec2:${region}:${local.account}:instance/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/ManagedBy"
      values   = ["bastion"]
    }
  }
}
