# Named as the bastion module's inputs are.

output "vpc_id" {
  description = "The VPC."
  value       = local.vpc_id
}

output "subnet_id" {
  description = "The private subnet to put bastions into: the first."
  value       = local.subnet_ids[0]
}

output "private_subnet_ids" {
  description = "Every private subnet."
  value       = local.subnet_ids
}

output "rds_security_group_id" {
  description = "The security group for the database; null when create_database_security_group is off."
  value       = one(aws_security_group.database[*].id)
}

output "vpc_endpoint_security_group_ids" {
  description = "The security groups of the endpoints, made here or existing; empty without endpoints."
  value       = length(var.existing_endpoints) == 0 ? aws_security_group.endpoints[*].id : concat(aws_security_group.endpoints[*].id, sort(distinct(flatten([for endpoint in data.aws_vpc_endpoint.existing : tolist(endpoint.security_group_ids)]))))
}

output "kms_key_arn" {
  description = "The key for logs, volumes and shells."
  value       = local.kms_key_arn
}

output "session_metadata_log_group_name" {
  description = "Where who-opened-which-session is kept; null when create_session_metadata is off."
  value       = one(aws_cloudwatch_log_group.metadata[*].name)
}

output "flow_log_group_name" {
  description = "Where the VPC's flows are kept; null when create_flow_logs is off."
  value       = one(aws_cloudwatch_log_group.flows[*].name)
}
