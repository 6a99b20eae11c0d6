variable "name" {
  description = "What everything here is called, like \"orders-dev\". Lower-case letters, digits, hyphens."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", var.name))
    error_message = "name is \"${var.name}\": write lower-case letters, digits and hyphens, 32 at most, like \"orders-dev\"."
  }
}

# The network: one of our own, or an existing one ----------------------------------------------------------------------

variable "vpc_id" {
  description = "An existing VPC. null: a new one with private subnets and no way to the internet."
  type        = string
  default     = null

  validation {
    condition     = var.vpc_id == null || can(regex("^vpc-[0-9a-f]{8,17}$", var.vpc_id))
    error_message = "vpc_id is \"${coalesce(var.vpc_id, "null")}\": write the id of an existing VPC, like \"vpc-0a1b2c3d4e5f60718\", or leave it null for a new one."
  }
}

variable "private_subnet_ids" {
  description = "The existing VPC's private subnets, where the endpoints go. Only together with vpc_id."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.private_subnet_ids : can(regex("^subnet-[0-9a-f]{8,17}$", id))])
    error_message = "private_subnet_ids is ${jsonencode(var.private_subnet_ids)}: write the ids of private subnets, like [\"subnet-0a1b2c3d4e5f60718\"]."
  }

  validation {
    condition     = (var.vpc_id == null) == (length(var.private_subnet_ids) == 0)
    error_message = "vpc_id and private_subnet_ids go together: write both for an existing VPC, neither for a new one."
  }
}

variable "vpc_cidr" {
  description = "The new VPC's addresses."
  type        = string
  default     = "10.64.0.0/24"

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && try(tonumber(split("/", var.vpc_cidr)[1]) <= 26, false)
    error_message = "vpc_cidr is \"${var.vpc_cidr}\": write an IPv4 block of /26 or larger, like \"10.64.0.0/24\"."
  }
}

variable "availability_zone_count" {
  description = "How many zones the new VPC has a private subnet in. Each zone costs one more interface per endpoint."
  type        = number
  default     = 1

  validation {
    condition     = contains([1, 2, 3], var.availability_zone_count)
    error_message = "availability_zone_count is ${var.availability_zone_count}: write 1, 2 or 3."
  }
}

# A switch for each part -----------------------------------------------------------------------------------------------

variable "endpoints" {
  description = "The interface endpoints to make. ssm and ssmmessages are what a bastion needs; logs and kms when shells are logged (without logs a shell takes over two minutes to open); ec2messages only for SSM agents before 3.3. In an existing VPC every host there uses a new endpoint from then on, as AWS's own name leads to it: name the ones that are there in existing_endpoints instead."
  type        = set(string)
  default     = ["ssm", "ssmmessages"]

  validation {
    condition     = length(setsubtract(var.endpoints, ["ssm", "ssmmessages", "ec2messages", "logs", "kms"])) == 0
    error_message = "endpoints is ${jsonencode(var.endpoints)}: write some of ssm, ssmmessages, ec2messages, logs, kms."
  }
}

variable "existing_endpoints" {
  description = "The interface endpoints that the existing VPC has already, like [\"ssm\", \"ssmmessages\"]: they are looked up, not made, and their groups are among the outputs. Bastions open these groups for themselves."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.existing_endpoints, ["ssm", "ssmmessages", "ec2messages", "logs", "kms"])) == 0
    error_message = "existing_endpoints is ${jsonencode(var.existing_endpoints)}: write some of ssm, ssmmessages, ec2messages, logs, kms."
  }

  validation {
    condition     = length(var.existing_endpoints) == 0 || length(var.private_subnet_ids) > 0
    error_message = "existing_endpoints is for an existing VPC: write vpc_id and private_subnet_ids, or leave it empty."
  }
}

variable "endpoint_client_cidrs" {
  description = "The addresses of an existing VPC that use the endpoints made here. null: the VPC's primary block. Hosts outside of them lose Systems Manager, as AWS's own names lead to the new endpoints."
  type        = list(string)
  default     = null

  validation {
    condition     = var.endpoint_client_cidrs == null || try(length(var.endpoint_client_cidrs) > 0 && alltrue([for block in var.endpoint_client_cidrs : can(cidrhost(block, 0)) && !strcontains(block, ":") && !endswith(block, "/0")]), false)
    error_message = "endpoint_client_cidrs is ${jsonencode(var.endpoint_client_cidrs)}: write IPv4 blocks of the VPC, like [\"10.0.0.0/16\"], or leave it null."
  }
}

variable "endpoint_principal_accounts" {
  description = "Further accounts whose principals use the endpoints made here, like those that share the VPC's subnets. This account's always may. Holds for the services whose endpoints take a policy."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.endpoint_principal_accounts : can(regex("^[0-9]{12}$", account))])
    error_message = "endpoint_principal_accounts is ${jsonencode(var.endpoint_principal_accounts)}: write ids of accounts, like [\"123456789012\"]."
  }
}

variable "create_kms_key" {
  description = "Whether to make the key for logs, volumes and shells. Off: kms_key_arn."
  type        = bool
  default     = true

  validation {
    condition     = var.create_kms_key != (var.kms_key_arn != null)
    error_message = "A key is needed and one is enough: leave create_kms_key = true, or set it to false and write the key's ARN into kms_key_arn."
  }
}

variable "kms_key_arn" {
  description = "An existing key whose policy lets CloudWatch Logs use it. Only with create_kms_key = false."
  type        = string
  default     = null
}

variable "create_database_security_group" {
  description = "Whether to make a security group for the database to be put into. Off when the database has its own."
  type        = bool
  default     = true
}

variable "create_flow_logs" {
  description = "Whether to log the VPC's flows to CloudWatch Logs."
  type        = bool
  default     = true
}

variable "create_session_metadata" {
  description = "Whether to keep who opened and closed which session (CloudTrail's events, through EventBridge, in a log group). Once per region and account, not per VPC."
  type        = bool
  default     = true
}

variable "create_trail" {
  description = "Whether to make a CloudTrail trail of management events, without which EventBridge sees no session. Off where the organisation has one."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long flow logs and session metadata are kept. The default is six years, as HIPAA asks of audit records."
  type        = number
  default     = 2192

  validation {
    condition     = contains([0, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is ${var.log_retention_days}: write one that CloudWatch Logs knows and that is a year or more: 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or 0 for ever."
  }
}
