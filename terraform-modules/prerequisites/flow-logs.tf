resource "aws_cloudwatch_log_group" "flows" {
  count = var.create_flow_logs ? 1 : 0

  name              = "/bastion/${var.name}/flows"
  kms_key_id        = local.kms_key_arn
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

data "aws_iam_policy_document" "trust_flows" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "flows" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = [for group in aws_cloudwatch_log_group.flows : "${group.arn}:*"]
  }
}

resource "aws_iam_role" "flows" {
  count = var.create_flow_logs ? 1 : 0

  name               = "${var.name}-flow-logs"
  description        = "VPC flow logs of ${var.name} write to their log group"
  assume_role_policy = data.aws_iam_policy_document.trust_flows.json
  tags               = local.tags
}

resource "aws_iam_role_policy" "flows" {
  count = var.create_flow_logs ? 1 : 0

  name   = "write"
  role   = aws_iam_role.flows[0].id
  policy = data.aws_iam_policy_document.flows.json
}

resource "aws_flow_log" "this" {
  count = var.create_flow_logs ? 1 : 0

  vpc_id                   = local.vpc_id
  traffic_type             = "ALL"
  log_destination          = aws_cloudwatch_log_group.flows[0].arn
  iam_role_arn             = aws_iam_role.flows[0].arn
  max_aggregation_interval = 60
  tags                     = merge(local.tags, { Name = var.name })
}
