output "cluster_arn" {
  description = "The ECS cluster it runs in."
  value       = local.cluster_arn
}

output "service_name" {
  description = "The ECS service; null while image, ledger_remote and secrets are missing."
  value       = one(aws_ecs_service.service[*].name)
}

output "task_definition_arn" {
  description = "What it runs now; null while nothing runs."
  value       = one(aws_ecs_task_definition.service[*].arn)
}

output "task_role_arn" {
  description = "The service's own role: looks at bastions, ends what carries their tag."
  value       = aws_iam_role.task.arn
}

output "execution_role_arn" {
  description = "The role Fargate starts it with."
  value       = aws_iam_role.execution.arn
}

output "security_group_id" {
  description = "Its security group, with no way in."
  value       = aws_security_group.service.id
}

output "log_group_name" {
  description = "Its log."
  value       = aws_cloudwatch_log_group.service.name
}

output "alarm_names" {
  description = "Its alarms."
  value = concat(
    aws_cloudwatch_metric_alarm.no_task[*].alarm_name,
    [aws_cloudwatch_metric_alarm.errors.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.grave : alarm.alarm_name],
  )
}

output "environment" {
  description = "The variables the container is given, secrets apart."
  value       = { for variable in local.environment : variable.name => variable.value }
}
