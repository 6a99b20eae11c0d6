# A silent Slack channel alarms no one. While no task runs, grants still end: by the guest's timer and by AWS's own schedule.

resource "aws_cloudwatch_metric_alarm" "no_task" {
  alarm_name        = "${local.name}-no-task"
  alarm_description = "No task of the bastion service runs: nobody can ask for access, and reversions wait. docs/runbook.md, \"The service is down\"."

  # One sample a minute for each running task; none at all when there is no task.
  namespace   = "AWS/ECS"
  metric_name = "CPUUtilization"
  statistic   = "SampleCount"
  dimensions = {
    ClusterName = element(split("/", aws_ecs_service.service.cluster), length(split("/", aws_ecs_service.service.cluster)) - 1)
    ServiceName = aws_ecs_service.service.name
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
