# The end that does not need the service: AWS itself terminates the instance five minutes after expires_at, and tries again each
# ten minutes until CI has closed the environment. By then the reversion has ended it, or else the guest's timer; this is for
# when both are dead.
#
# An instance that has already ended may be refused, when AWS no longer knows the profile that the role asks for. Nobody is
# told of one such failure, as CI may need so long to close. Two in half an hour raise the alarm: then the environment is still
# open, and a person must look.

resource "aws_scheduler_schedule" "end" {
  # checkov:skip=CKV_AWS_297:it holds an instance id and a time, nothing to hide; a key of ours would be one more thing that can keep the end from coming
  count = local.is_open && var.auto_terminate ? 1 : 0

  name        = "${local.name}-end"
  description = "Terminates the bastion of ${var.project_name} ${var.environment} if it outlives its grant"

  # The first at start_date (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based)
  schedule_expression          = "rate(10 minutes)"
  schedule_expression_timezone = "UTC"
  start_date                   = timeadd(var.expires_at, "5m")

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:${local.partition}:scheduler:::aws-sdk:ec2:terminateInstances"
    role_arn = aws_iam_role.end[0].arn
    input    = jsonencode({ InstanceIds = [aws_instance.bastion[0].id] })

    # A call that gets no answer is a failure when the next one begins.
    retry_policy {
      maximum_event_age_in_seconds = 600
      maximum_retry_attempts       = 185
    }

    dead_letter_config {
      arn = aws_sqs_queue.failed_ends.arn
    }
  }

  depends_on = [aws_iam_role_policy.end]
}

data "aws_iam_policy_document" "trust_scheduler" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "end" {
  count = var.auto_terminate ? local.stands : 0

  name                 = "${local.name}-end"
  path                 = var.iam_path
  permissions_boundary = var.permissions_boundary
  description          = "EventBridge Scheduler ends the bastion of ${var.project_name} ${var.environment}"
  assume_role_policy   = data.aws_iam_policy_document.trust_scheduler.json
  tags                 = local.tags
}

resource "aws_iam_role_policy" "end" {
  count = var.auto_terminate ? local.stands : 0

  name = "end"
  role = aws_iam_role.end[0].id

  # The role stands, and each grant has another instance. So the bound is the profile, which only this bastion's instances
  # have; not a tag, which others may set, and which AWS takes off a terminated instance (docs/adr/0022-a-standing-skeleton.md).
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EndThisBastion"
        Effect    = "Allow"
        Action    = "ec2:TerminateInstances"
        Resource  = "arn:${local.partition}:ec2:${local.region}:${local.account}:instance/*"
        Condition = { ArnEquals = { "ec2:InstanceProfile" = "arn:${local.partition}:iam::${local.account}:instance-profile${var.iam_path}${local.name}" } }
      },
      {
        Sid      = "SayThatItFailed"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.failed_ends.arn
      },
    ]
  })
}

# Outside the gate, like the log group: the note that an end has failed must outlive the attempt to end it. Half an hour: two
# attempts of one grant count, and not one of each of two grants.
resource "aws_sqs_queue" "failed_ends" {
  name                      = "${local.name}-failed-ends"
  message_retention_seconds = 1800
  sqs_managed_sse_enabled   = true
  tags                      = merge(local.tags, { Name = "${local.name}-failed-ends" })
}

resource "aws_cloudwatch_metric_alarm" "failed_ends" {
  alarm_name        = "${local.name}-failed-ends"
  alarm_description = "The bastion of ${var.project_name} ${var.environment} was not closed 15 minutes after its end, and AWS failed twice to end it: look whether it is still running, terminate it, and find out why CI does not close it."

  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.failed_ends.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"

  alarm_actions = var.alarm_topic_arns
  tags          = local.tags
}
