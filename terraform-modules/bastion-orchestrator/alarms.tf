# A silent Slack channel alarms no one. While no task runs, grants still end: by the guest's timer and by AWS's own schedule.

resource "aws_cloudwatch_metric_alarm" "no_task" {
  count = local.is_set_up ? 1 : 0

  alarm_name        = "${local.name}-no-task"
  alarm_description = "No task of the bastion service runs: nobody can ask for access, and reversions wait. docs/runbook.md, \"The service is down\"."

  # One sample a minute for each running task; none at all when there is no task.
  namespace   = "AWS/ECS"
  metric_name = "CPUUtilization"
  statistic   = "SampleCount"
  dimensions = {
    ClusterName = element(split("/", local.cluster_arn), length(split("/", local.cluster_arn)) - 1)
    ServiceName = one(aws_ecs_service.service[*].name)
  }

  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "breaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags
}

# Errors in the service's log need a person. The service reports them in the channel too, unless Slack itself failed.
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "${local.name}-errors"
  log_group_name = aws_cloudwatch_log_group.service.name
  pattern        = "{ $.level = \"ERROR\" }"

  metric_transformation {
    namespace     = "Bastion"
    name          = "${local.name}-errors"
    value         = "1"
    default_value = "0"
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name        = "${local.name}-errors"
  alarm_description = "The bastion service logged an error: read log group ${aws_cloudwatch_log_group.service.name}. docs/runbook.md."

  namespace           = "Bastion"
  metric_name         = "${local.name}-errors"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags

  depends_on = [aws_cloudwatch_log_metric_filter.errors]
}

locals {
  # Each kind of alarm by its log event (AlarmKind in the service's code). They reach people while Slack is down, too.
  alarm_events = {
    open-without-approval  = "grant.open_without_approval"
    lingering              = "grant.lingering"
    overdue                = "grant.not_reverted"
    environment-unreadable = "environment.unreadable"
    instance-unexplained   = "instance.unexplained"
    termination-refused    = "termination.refused"
    layout-problem         = "layout.problem"
    ledger-unreadable      = "ledger.unreadable"
    history-rewritten      = "ledger.history_rewritten"
    policy-broken          = "policy.broken"
    signing-failed         = "ledger.unsigned"
    notes-problem          = "ledger.notes_problem"
    anchor-failed          = "ledger.anchor_failed"
    anchor-mismatch        = "ledger.anchor_mismatch"
    installation-problem   = "installation.problem"
  }

  # The gravest have an alarm of their own; the alarm "errors" counts the others.
  grave_alarms = {
    open-without-approval = "An environment is open without the approval that its policy requires. docs/runbook.md, \"Open without approval\"."
    lingering             = "A bastion outlives its grant: access may still be possible. docs/runbook.md, \"A bastion lingers\"."
  }
}

# Without a default value: a metric exists, and costs, only after an alarm of its kind.
resource "aws_cloudwatch_log_metric_filter" "alarms" {
  for_each = local.alarm_events

  name           = "${local.name}-${each.key}"
  log_group_name = aws_cloudwatch_log_group.service.name
  pattern        = "{ ($.level = \"ERROR\") && ($.message = \"${each.value}\") }"

  metric_transformation {
    namespace = "Bastion"
    name      = "${local.name}-${each.key}"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "grave" {
  for_each = local.grave_alarms

  alarm_name        = "${local.name}-${each.key}"
  alarm_description = each.value

  namespace           = "Bastion"
  metric_name         = "${local.name}-${each.key}"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = local.tags

  depends_on = [aws_cloudwatch_log_metric_filter.alarms]
}
