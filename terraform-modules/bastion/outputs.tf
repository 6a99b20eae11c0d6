output "instance_id" {
  description = "The bastion's id; null while closed."
  value       = one(aws_instance.bastion[*].id)
}

output "is_open" {
  description = "Whether a bastion is there: granted and not expired."
  value       = local.is_open
}

output "connect_command" {
  description = "Forwards a local port to the database; null while closed. Needs the AWS CLI and its session-manager-plugin."
  value       = local.is_open ? "aws ssm start-session --region ${local.region} --target ${aws_instance.bastion[0].id} --document-name ${local.port_document} --parameters localPortNumber=${local.database_port}" : null
}

output "connect_commands" {
  description = "The same for each target by its name (of a single database, \"database\"); empty while closed."
  value = { for name, document in local.port_documents : name =>
  "aws ssm start-session --region ${local.region} --target ${aws_instance.bastion[0].id} --document-name ${document} --parameters localPortNumber=${local.is_single ? local.database_port : local.target_groups[name].port}" if local.is_open }
}

output "shell_command" {
  description = "Opens a logged shell; null while closed, and when shells are off."
  value       = local.is_open && var.shell_access_enabled ? "aws ssm start-session --region ${local.region} --target ${aws_instance.bastion[0].id} --document-name ${local.shell_document}" : null
}

output "port_document" {
  description = "The session document that forwards to the database alone, or to the first of targets. It is there while closed too, unless standing is off."
  value       = local.stands == 1 ? local.port_document : null
}

output "port_documents" {
  description = "The session document of each target by its name (of a single database, \"database\")."
  value       = { for name, document in local.port_documents : name => document if local.stands == 1 }
}

output "shell_document" {
  description = "The session document of a logged shell; null when shells are off."
  value       = one(aws_ssm_document.shell[*].name)
}

output "user_policy_json" {
  description = "The IAM policy with which a person may go through this bastion and no other; null while closed."
  value       = local.is_open ? jsonencode(local.user_policy) : null
}

output "security_group_id" {
  description = "The bastion's security group, for rules of the database's owner. It is there while closed too, unless standing is off."
  value       = one(aws_security_group.bastion[*].id)
}

output "role_name" {
  description = "The bastion's own role. It is there while closed too, unless standing is off."
  value       = one(aws_iam_role.bastion[*].name)
}

output "log_group_name" {
  description = "The log group of shell sessions. It is there while closed too."
  value       = aws_cloudwatch_log_group.sessions.name
}

output "failed_ends_queue_url" {
  description = "The dead letter queue of scheduled ends. It is there while closed too."
  value       = aws_sqs_queue.failed_ends.url
}
