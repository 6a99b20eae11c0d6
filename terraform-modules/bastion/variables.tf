# Where --------------------------------------------------------------------------------------------------------------

variable "project_name" {
  description = "The project the database belongs to. Part of every name and tag. Lower-case letters, digits, hyphens."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", var.project_name))
    error_message = "project_name is \"${var.project_name}\": write lower-case letters, digits and hyphens, 32 at most, like \"orders\"."
  }
}

variable "environment" {
  description = "The environment's resource name: its ledger name with \"/\" written \"-\", like \"dev\" or \"prod-orders\"."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$", var.environment))
    error_message = "environment is \"${var.environment}\": write lower-case letters, digits and hyphens, 64 at most; the environment prod/orders is \"prod-orders\" here."
  }
}

variable "vpc_id" {
  description = "The VPC the database is in."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]{8,17}$", var.vpc_id))
    error_message = "vpc_id is \"${var.vpc_id}\": write the id of the database's VPC, like \"vpc-0a1b2c3d4e5f60718\"."
  }
}

variable "subnet_id" {
  description = "A private subnet of that VPC, from which the database and the VPC endpoints can be reached. Or subnet_ids."
  type        = string
  default     = null

  validation {
    condition     = var.subnet_id == null || can(regex("^subnet-[0-9a-f]{8,17}$", var.subnet_id))
    error_message = "subnet_id is \"${coalesce(var.subnet_id, "null")}\": write the id of a private subnet, like \"subnet-0a1b2c3d4e5f60718\"."
  }

  validation {
    condition     = var.subnet_id != null || length(var.subnet_ids) > 0
    error_message = "No subnet: write subnet_id = \"subnet-…\", or subnet_ids, private subnets of the database's VPC."
  }
}

variable "subnet_ids" {
  description = "Several such subnets, instead of subnet_id: a bastion starts in the first whose zone has the instance type and that has a free address. A change is for the next bastion."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]{8,17}$", id))])
    error_message = "subnet_ids is ${jsonencode(var.subnet_ids)}: write the ids of private subnets, like [\"subnet-0a1b2c3d4e5f60718\"]."
  }
}

variable "rds_security_group_id" {
  description = "The database's security group. While the bastion is there it gets one rule: the database port, from the bastion's group. Also that of targets without one of their own."
  type        = string

  validation {
    condition     = can(regex("^sg-[0-9a-f]{8,17}$", var.rds_security_group_id))
    error_message = "rds_security_group_id is \"${var.rds_security_group_id}\": write the id of the database's security group, like \"sg-0a1b2c3d4e5f60718\"."
  }
}

variable "rds_endpoint" {
  description = "The database's host name, alone or as host:port, which is what the output endpoint of an aws_db_instance is. Or targets."
  type        = string
  default     = null

  validation {
    condition     = (var.rds_endpoint == null) == (length(var.targets) > 0)
    error_message = "Write either rds_endpoint, for one database, or targets, for several."
  }

  validation {
    condition     = var.rds_endpoint == null || can(regex("^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?(:[0-9]{1,5})?$", var.rds_endpoint))
    error_message = "rds_endpoint is \"${coalesce(var.rds_endpoint, "null")}\": write a host name, like \"orders.abc123.eu-west-1.rds.amazonaws.com\", or host:port."
  }

  validation {
    condition     = try(tonumber(split(":", var.rds_endpoint)[1]) >= 1 && tonumber(split(":", var.rds_endpoint)[1]) <= 65535, true)
    error_message = "The port of rds_endpoint (\"${coalesce(var.rds_endpoint, "null")}\") is not from 1 to 65535: write the database's port, like 5432."
  }
}

variable "rds_port" {
  description = "The database's port. null: the port of rds_endpoint, or 5432."
  type        = number
  default     = null

  validation {
    condition     = var.rds_port == null || try(var.rds_port >= 1 && var.rds_port <= 65535 && floor(var.rds_port) == var.rds_port, false)
    error_message = "rds_port is ${coalesce(var.rds_port, 0)}: write a port from 1 to 65535, like 5432."
  }

  validation {
    condition     = var.rds_port == null || try(tonumber(split(":", var.rds_endpoint)[1]) == var.rds_port, true)
    error_message = "rds_port is ${coalesce(var.rds_port, 0)}, but rds_endpoint is \"${coalesce(var.rds_endpoint, "null")}\": write the same port, or leave rds_port out."
  }
}

variable "targets" {
  description = "Several databases behind one bastion, instead of rds_endpoint and rds_port: each gets a session document of its own. security_group_id: rds_security_group_id where it is left out; it must be known when a plan opens the bastion. engine, like postgres or mysql, tells people's tools which client to start."
  type = list(object({
    name              = string
    host              = string
    port              = number
    engine            = optional(string)
    security_group_id = optional(string)
  }))
  default  = []
  nullable = false

  validation {
    condition     = length(var.targets) <= 8 && length(distinct([for target in var.targets : target.name])) == length(var.targets)
    error_message = "targets has the names ${jsonencode([for target in var.targets : target.name])}: write 8 targets at most, as an instance has room for 50 tags, each with a name of its own."
  }

  validation {
    condition     = alltrue([for target in var.targets : can(regex("^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$", target.name))])
    error_message = "targets has the names ${jsonencode([for target in var.targets : target.name])}: write lower-case letters, digits and hyphens, 20 at most, like \"orders\"."
  }

  validation {
    condition     = alltrue([for target in var.targets : can(regex("^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,248}[a-zA-Z0-9])?$", target.host))])
    error_message = "targets has the hosts ${jsonencode([for target in var.targets : target.host])}: write host names without a port, like \"orders.abc123.eu-west-1.rds.amazonaws.com\"."
  }

  validation {
    condition     = alltrue([for target in var.targets : try(target.port >= 1 && target.port <= 65535 && floor(target.port) == target.port, false)])
    error_message = "targets has the ports ${jsonencode([for target in var.targets : target.port])}: write ports from 1 to 65535, like 5432."
  }

  validation {
    condition     = alltrue([for target in var.targets : can(regex("^[a-z][a-z0-9-]{0,30}$", coalesce(target.engine, "any")))])
    error_message = "targets has the engines ${jsonencode([for target in var.targets : target.engine])}: write one like \"postgres\" or \"mysql\", or leave it out."
  }

  validation {
    condition     = alltrue([for target in var.targets : can(regex("^sg-[0-9a-f]{8,17}$", coalesce(target.security_group_id, "sg-00000000")))])
    error_message = "targets has the groups ${jsonencode([for target in var.targets : target.security_group_id])}: write the id of a security group, like \"sg-0a1b2c3d4e5f60718\", or leave it out."
  }
}

variable "create_database_rule" {
  description = "Whether the bastion makes the rule in the database's group. Off where the group's owner writes its rules inline, which removes all others: they let in the output security_group_id themselves, for as long as they decide."
  type        = bool
  default     = true
}

variable "standing" {
  description = "Whether role, instance profile, security group without any rule, session documents and the scheduler's role stand while closed. They cost nothing and open nothing, and an opening needs no IAM. CI turns it off to remove an environment whole."
  type        = bool
  default     = true
}

variable "standing_rules" {
  description = "Whether the rules stand while closed, too: to the database, to the endpoints, and in their groups. An opening is faster; a closed environment then has a way to the database, for which it has no instance."
  type        = bool
  default     = false
}

variable "vpc_endpoint_security_group_ids" {
  description = "The security groups of the VPC's interface endpoints (ssm, ssmmessages; with shells also logs and kms). Each gets one rule while the bastion is there: 443, from the bastion's group. Empty: those of the VPC's endpoints are looked up, unless allow_internet_https_egress. Give them where the same apply makes the endpoints."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.vpc_endpoint_security_group_ids : can(regex("^sg-[0-9a-f]{8,17}$", id))])
    error_message = "vpc_endpoint_security_group_ids is ${jsonencode(var.vpc_endpoint_security_group_ids)}: write the ids of the endpoints' security groups, like [\"sg-0a1b2c3d4e5f60718\"]."
  }
}

variable "allow_internet_https_egress" {
  description = "Lets the bastion call 443 anywhere. Only for a VPC that has a NAT gateway and no interface endpoints."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "The customer managed key for the volume, the session log and logged shells. Its policy must let CloudWatch Logs use it (the prerequisites module makes such a key)."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-zA-Z-]+$", var.kms_key_arn))
    error_message = "kms_key_arn is \"${var.kms_key_arn}\": write the ARN of a key (not of an alias), like \"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab\"."
  }
}

# What ---------------------------------------------------------------------------------------------------------------

variable "instance_type" {
  description = "The instance type. Without ami_id the image is the one of its architecture, arm64 or x86_64."
  type        = string
  default     = "t4g.nano"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*[.][a-z0-9-]+$", var.instance_type))
    error_message = "instance_type is \"${var.instance_type}\": write an instance type, like \"t4g.nano\"."
  }
}

variable "ami_id" {
  description = "An image with the SSM agent and systemd. null: the current Amazon Linux 2023 for the instance type, by its public parameter. A newer image never replaces a live bastion."
  type        = string
  default     = null

  validation {
    condition     = var.ami_id == null || can(regex("^ami-[0-9a-f]{8,17}$", var.ami_id))
    error_message = "ami_id is \"${coalesce(var.ami_id, "null")}\": write the id of an image, like \"ami-0a1b2c3d4e5f60718\", or leave it null for the current Amazon Linux 2023."
  }
}

variable "volume_size" {
  description = "The size of the volume in GiB; at least the image's, which is 8 for Amazon Linux."
  type        = number
  default     = 8

  validation {
    condition     = var.volume_size >= 8 && var.volume_size <= 16384 && floor(var.volume_size) == var.volume_size
    error_message = "volume_size is ${var.volume_size}: write whole GiB from 8 to 16384, and no less than the image's."
  }
}

variable "shell_access_enabled" {
  description = "Whether people may also open a logged shell on the bastion. Off: port forwarding to the database is all there is."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long session logs are kept. The default is six years, what HIPAA asks of audit records (45 CFR 164.316(b)(2)(i))."
  type        = number
  default     = 2192

  validation {
    condition     = contains([0, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is ${var.log_retention_days}: write one that CloudWatch Logs knows and that is a year or more: 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or 0 for ever."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that get the alarm when the scheduled end of a bastion failed (on its dead letter queue)."
  type        = list(string)
  default     = []
}

variable "permissions_boundary" {
  description = "The ARN of a policy that bounds the roles made here, for accounts that require one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary))
    error_message = "permissions_boundary is \"${coalesce(var.permissions_boundary, "null")}\": write the ARN of a policy, like \"arn:aws:iam::123456789012:policy/boundary\"."
  }
}

variable "iam_path" {
  description = "The path of the roles and the instance profile made here, like \"/bastion/\"."
  type        = string
  default     = "/"

  validation {
    condition     = can(regex("^/([\\x21-\\x7e]{1,510}/)?$", var.iam_path))
    error_message = "iam_path is \"${var.iam_path}\": write a path that begins and ends with a slash, like \"/bastion/\"."
  }
}

variable "tags" {
  description = "Tags for everything that is made here. The module's own tags win."
  type        = map(string)
  default     = {}
}

variable "user_principal_tag" {
  description = "The principal tag that holds a person's Slack id (an IAM Identity Center attribute for access control, say). When set, user_policy_json lets only the requester through."
  type        = string
  default     = null
}

# Who, and until when: written by the service, empty while closed ------------------------------------------------------

variable "deploy_bastion" {
  description = "1: the bastion is there until expires_at. 0: it is not."
  type        = number
  default     = 0

  validation {
    condition     = contains([0, 1], var.deploy_bastion)
    error_message = "deploy_bastion is ${var.deploy_bastion}: write 1 to open, 0 to close."
  }
}

variable "requested_by_user_id" {
  description = "The Slack id of the person who asked."
  type        = string
  default     = ""

  validation {
    condition     = var.deploy_bastion != 1 || trimspace(var.requested_by_user_id) != ""
    error_message = "requested_by_user_id is empty while deploy_bastion = 1: write the Slack id of the person the bastion is for, like \"U12345678\"."
  }
}

variable "requested_by_username" {
  description = "The name of the person who asked."
  type        = string
  default     = ""
}

variable "created_at" {
  description = "When access was granted: RFC 3339, UTC with Z, like 2026-01-15T10:30:00Z. Not in the future; five minutes are allowed for clocks that differ."
  type        = string
  default     = ""

  validation {
    condition     = var.deploy_bastion != 1 || (can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", var.created_at)) && can(timecmp(var.created_at, var.created_at)))
    error_message = "created_at is \"${var.created_at}\": write the moment of the grant in UTC with whole seconds and a Z, like \"2026-01-15T10:30:00Z\"."
  }

  # Five minutes for clocks that differ. Further ahead, longest_grant_hours would count from a moment yet to come.
  validation {
    condition     = var.deploy_bastion != 1 || try(timecmp(var.created_at, timeadd(plantimestamp(), "5m")) <= 0, true)
    error_message = "created_at (${var.created_at}) is in the future, more than 5 minutes from now (${plantimestamp()} by the clock of the machine that plans): write the moment of the grant in UTC, which is not local time. If it is right, set that machine's clock."
  }
}

variable "expires_at" {
  description = "When access ends: RFC 3339, UTC with Z. An extension moves it, which changes the instance's tags and the schedule in place."
  type        = string
  default     = ""

  validation {
    condition     = var.deploy_bastion != 1 || (can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", var.expires_at)) && can(timecmp(var.expires_at, var.expires_at)))
    error_message = "expires_at is \"${var.expires_at}\": write the end in UTC with whole seconds and a Z, like \"2026-01-15T13:30:00Z\"."
  }

  validation {
    condition     = var.deploy_bastion != 1 || try(timecmp(var.expires_at, var.created_at) > 0, true)
    error_message = "expires_at (${var.expires_at}) is not after created_at (${var.created_at}): write a later end."
  }

  validation {
    condition     = var.deploy_bastion != 1 || try(timecmp(var.expires_at, timeadd(var.created_at, "${var.longest_grant_hours}h")) <= 0, true)
    error_message = "expires_at (${var.expires_at}) is more than ${var.longest_grant_hours} h after created_at (${var.created_at}): write an earlier end, or, if the longest grant is to be longer, raise longest_grant_hours."
  }
}

variable "longest_grant_hours" {
  description = "The longest time from created_at to expires_at, extensions included. The last line behind the access policy's longest_total."
  type        = number
  default     = 12

  validation {
    condition     = var.longest_grant_hours > 0 && var.longest_grant_hours <= 168 && floor(var.longest_grant_hours) == var.longest_grant_hours
    error_message = "longest_grant_hours is ${var.longest_grant_hours}: write whole hours from 1 to 168 (a week)."
  }
}

variable "auto_terminate" {
  description = "Whether the bastion ends itself: by the timer in the guest, by AWS's schedule, and by never being created again once expires_at has passed. Off only to debug a bastion."
  type        = bool
  default     = true
}

variable "request_id" {
  description = "The request this grant answers; a tag, which leads from AWS's audit trail back to the ledger."
  type        = string
  default     = ""
}

variable "ledger" {
  description = "The ledger this grant stands in, like github.com/acme/infrastructure; a tag, by which the service knows its own instances."
  type        = string
  default     = ""
}

variable "commit_sha" {
  description = "The ledger's commit this grant stands in; a tag, which leads from AWS's audit trail back to the ledger."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([0-9a-f]{40}|[0-9a-f]{64})?$", var.commit_sha))
    error_message = "commit_sha is \"${var.commit_sha}\": write a commit's full id, 40 or 64 hexadecimal digits, or leave it empty."
  }
}
