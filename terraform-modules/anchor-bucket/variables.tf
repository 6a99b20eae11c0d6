variable "name" {
  description = "The bucket's name, which no other bucket of AWS may have, like \"acme-ledger-anchors\"."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\": write lower-case letters, digits and hyphens, 3 to 63, like \"acme-ledger-anchors\"."
  }
}

variable "prefix" {
  description = "Where in the bucket the service adds its anchors, like \"ledger\"; anchors.s3.prefix of the service is the same with a slash."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]{0,200}$", var.prefix)) && !startswith(var.prefix, "/")
    error_message = "prefix is \"${var.prefix}\": write letters, digits and . _ - /, without a slash in front, like \"ledger\"."
  }
}

variable "writer_role_arns" {
  description = "The roles that add anchors: the service's. Attach the output writer_policy_json to them."
  type        = list(string)

  validation {
    condition     = length(var.writer_role_arns) > 0 && alltrue([for arn in var.writer_role_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "writer_role_arns is ${jsonencode(var.writer_role_arns)}: write the ARNs of roles, like [\"arn:aws:iam::123456789012:role/bastion-orchestrator\"]."
  }
}

variable "retention_mode" {
  description = "COMPLIANCE: nobody can delete an anchor before its time, the account's root user included. GOVERNANCE: the bucket's policy keeps everybody from it, and whoever may change that policy could."
  type        = string
  default     = "COMPLIANCE"

  validation {
    condition     = contains(["COMPLIANCE", "GOVERNANCE"], var.retention_mode)
    error_message = "retention_mode is \"${var.retention_mode}\": write COMPLIANCE or GOVERNANCE."
  }
}

variable "retention_days" {
  description = "How long an anchor cannot be deleted. The default is six years, as HIPAA asks of audit records. With COMPLIANCE it can only be made longer for what is there."
  type        = number
  default     = 2192

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 36500 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days is ${var.retention_days}: write whole days, 1 to 36500."
  }
}

variable "kms_key_arn" {
  description = "A key for the anchors. null: S3's own encryption. A key that is deleted takes the anchors with it, so one of another account is best."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is \"${coalesce(var.kms_key_arn, "null")}\": write a key's ARN, or leave it null."
  }
}
