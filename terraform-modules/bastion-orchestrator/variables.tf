# Who and where ------------------------------------------------------------------------------------------------------

variable "name" {
  description = "What the service is called here. Part of every name. Lower-case letters, digits, hyphens."
  type        = string
  default     = "bastion-orchestrator"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\": write lower-case letters, digits and hyphens, 2 to 32, like \"bastion-orchestrator\"."
  }
}

variable "environment" {
  description = "Where it runs, like \"tools\": the service's own place, not one of those it opens."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$", var.environment))
    error_message = "environment is \"${var.environment}\": write lower-case letters, digits and hyphens, 20 at most, like \"tools\"."
  }
}

variable "vpc_id" {
  description = "The VPC it runs in."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]{8,17}$", var.vpc_id))
    error_message = "vpc_id is \"${var.vpc_id}\": write a VPC's id, like \"vpc-0a1b2c3d4e5f60718\"."
  }
}

variable "subnet_ids" {
  description = "Private subnets with a way out to 443 (a NAT gateway): Slack and GitHub are on the internet. Two availability zones are better than one."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]{8,17}$", id))])
    error_message = "subnet_ids has something else than subnet ids: write a list like [\"subnet-0a1b2c3d4e5f60718\"]."
  }
}

variable "subnet_id" {
  description = "One such subnet, for callers that have one; the same as subnet_ids = [subnet_id]."
  type        = string
  default     = null

  validation {
    condition     = var.subnet_id == null || can(regex("^subnet-[0-9a-f]{8,17}$", var.subnet_id))
    error_message = "subnet_id is no subnet's id: write one like \"subnet-0a1b2c3d4e5f60718\", or subnet_ids."
  }
}

# What it runs -------------------------------------------------------------------------------------------------------

variable "image" {
  description = "The image, by digest: repository@sha256:…. A tag can be moved; what was reviewed is what runs. Without image, ledger_remote and secrets no service runs, and the plan says what is missing."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("^[a-z0-9][a-z0-9.:/_-]*@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image is \"${coalesce(var.image, "null")}\": write it by digest, like \"123456789012.dkr.ecr.eu-west-1.amazonaws.com/bastion@sha256:…\" (64 hex digits)."
  }
}

variable "cpu_architecture" {
  description = "What the image was built for: ARM64 or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.cpu_architecture)
    error_message = "cpu_architecture is \"${var.cpu_architecture}\": write \"ARM64\" or \"X86_64\"."
  }
}

variable "cpu" {
  description = "CPU units of a task; 256 is a quarter of a vCPU."
  type        = number
  default     = 256

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "cpu is ${var.cpu}: Fargate takes 256, 512, 1024, 2048 or 4096."
  }
}

variable "memory" {
  description = "Memory of a task in MiB; Fargate has its own pairs of cpu and memory."
  type        = number
  default     = 512

  validation {
    condition     = var.memory >= 512
    error_message = "memory is ${var.memory}: write 512 MiB or more."
  }
}

variable "replicas" {
  description = "How many tasks: 1, or more with a database. 0 stops the service."
  type        = number
  default     = 1

  validation {
    condition     = contains([0, 1, 2, 3, 4, 5], var.replicas)
    error_message = "replicas is ${var.replicas}: write 0 to 5."
  }
}

variable "cluster_arn" {
  description = "An ECS cluster that is there already; null makes one."
  type        = string
  default     = null

  validation {
    condition     = var.cluster_arn == null || can(regex("^arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:cluster/.+$", var.cluster_arn))
    error_message = "cluster_arn is no cluster's ARN: write one like \"arn:aws:ecs:eu-west-1:123456789012:cluster/tools\", or null to have one made."
  }
}

variable "container_insights" {
  description = "CloudWatch Container Insights on the cluster made here. Charged by metric; no alarm here needs it."
  type        = bool
  default     = false
}

variable "wait_for_steady_state" {
  description = "Whether apply waits until the service runs. Off where nothing ever does, like on an emulator."
  type        = bool
  default     = true
}

# Its settings -------------------------------------------------------------------------------------------------------

variable "slack_notification_channel" {
  description = "The Slack channel it talks in, by id (in Slack: channel details, at the bottom)."
  type        = string

  validation {
    condition     = var.image == null || can(regex("^[CG][A-Z0-9]{2,20}$", var.slack_notification_channel))
    error_message = "slack_notification_channel is \"${var.slack_notification_channel}\": write the channel's id, like \"C0123ABC\"; names change."
  }
}

variable "ledger_remote" {
  description = "The git remote that holds the environments. By https: nothing but 443 leaves."
  type        = string
  default     = null

  validation {
    condition     = var.ledger_remote == null || can(regex("^https://[^@ ]+$", var.ledger_remote))
    error_message = "ledger_remote must be an https address without credentials, like \"https://github.com/acme/infrastructure.git\"; the token goes into secrets[\"ledger.token\"], or is the GitHub App's."
  }
}

variable "github_repository" {
  description = "owner/name, for what CI reports and for approvals; needs github.token, or github.app_id and github.app_installation in settings and github.app_private_key in secrets. Empty: nothing is asked of GitHub."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)?$", var.github_repository))
    error_message = "github_repository is \"${var.github_repository}\": write owner/name, like \"acme/infrastructure\"."
  }
}

variable "settings" {
  description = "Further settings by their path, like { \"grace.alarm\" = \"10m\" }; app/bastion.example.yaml is the manual. No secrets: everyone who may describe tasks can read these."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for path in keys(var.settings) : can(regex("^[a-z]+[.][a-z_]+$", path))])
    error_message = "settings are named by their path, like \"schedule.sweep_every\"."
  }
  validation {
    condition     = alltrue([for path in keys(var.settings) : !can(regex("token|private_key|password|ssh_key", path))])
    error_message = "A secret stands in settings: put its ARN into secrets, where only the task can read it."
  }
}

variable "secrets" {
  description = "Secrets by the setting's path: ARNs of Secrets Manager secrets (\":key::\" behind it takes one key of a JSON secret) or SSM parameters. slack.app_token and slack.bot_token are needed; to push and for approvals github.app_private_key, or github.token, or, for a remote that is not GitHub's, ledger.token."
  type        = map(string)
  default     = {}


  validation {
    condition = alltrue([for arn in values(var.secrets) :
      can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^:]+(:[^:]*:[^:]*:[^:]*)?$", arn)) ||
      can(regex("^arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/.+$", arn))
    ])
    error_message = "secrets has something else than ARNs of secrets or parameters: never the secret itself, since it would stand in the state."
  }
  validation {
    condition     = length(var.secrets) == 0 || length(setsubtract(["slack.app_token", "slack.bot_token"], keys(var.secrets))) == 0
    error_message = "secrets lacks ${join(", ", setsubtract(["slack.app_token", "slack.bot_token"], keys(var.secrets)))}: write { \"slack.app_token\" = \"arn:…\", \"slack.bot_token\" = \"arn:…\", … }."
  }
  validation {
    condition     = length(var.secrets) == 0 || length(setintersection(["ledger.token", "github.token", "github.app_private_key"], keys(var.secrets))) > 0
    error_message = "secrets has nothing to push with: write \"github.app_private_key\" = \"arn:…\" (and github.app_id and github.app_installation into settings), or \"github.token\", or \"ledger.token\"."
  }
}

variable "secrets_kms_key_arns" {
  description = "The keys the secrets are encrypted with, when they are not AWS's own."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.secrets_kms_key_arns : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-zA-Z-]+$", arn))])
    error_message = "secrets_kms_key_arns has something else than ARNs of keys (an alias does not do in a policy)."
  }
}

variable "database" {
  description = "A PostgreSQL (14 or newer) that several replicas share; null for one replica. Its password is secrets[\"database.password\"], the certificates that sign its own, if Java does not know them, secrets[\"database.ca\"]. It holds nothing that may not be lost."
  type = object({
    security_group_id = string
    url               = string
    username          = optional(string, "bastion")
  })
  default = null

  validation {
    condition     = var.database == null || can(regex("^sg-[0-9a-f]{8,17}$", var.database.security_group_id))
    error_message = "database.security_group_id is no security group's id: write one like \"sg-0a1b2c3d4e5f60718\"."
  }
  validation {
    condition     = var.database == null || can(regex("^postgresql://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9_][A-Za-z0-9_.-]*$", var.database.url))
    error_message = "database.url must be like \"postgresql://db.example.com:5432/bastion\", without a user name or a password."
  }
}

# Logs and alarms ----------------------------------------------------------------------------------------------------

variable "cloudwatch_kms_key_arn" {
  description = "The key the log is encrypted with. Its policy must let CloudWatch Logs use it (the prerequisites module's does)."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-zA-Z-]+$", var.cloudwatch_kms_key_arn))
    error_message = "cloudwatch_kms_key_arn is \"${var.cloudwatch_kms_key_arn}\": write a key's ARN, like \"arn:aws:kms:eu-west-1:123456789012:key/…\"."
  }
}

variable "log_retention_days" {
  description = "How long the service's log is kept. The audit record is the ledger, which is kept for ever."
  type        = number
  default     = 400

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is ${var.log_retention_days}: CloudWatch takes 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "watch_role_arns" {
  description = "The roles that the service may assume: watch_role of each account of ledger.yaml (module account). With roles the service needs a way to STS."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.watch_role_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", arn))])
    error_message = "watch_role_arns is ${jsonencode(var.watch_role_arns)}: write the ARNs of roles without wildcards, like [\"arn:aws:iam::123456789012:role/bastion-watch\"]."
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that get the alarms. Without any, alarms show only in CloudWatch."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+$", arn))])
    error_message = "alarm_topic_arns has something else than ARNs of SNS topics."
  }
}

# No longer here -----------------------------------------------------------------------------------------------------

variable "bastion_lifetime_hours" {
  description = "Decides nothing any more; given, the plan says where it went: environments/access-policy.yaml."
  type        = number
  default     = null
}

variable "ami_id" {
  description = "Decides nothing any more; given, the plan says where it went: the environment file's input of the same name."
  type        = string
  default     = null
}

variable "instance_type" {
  description = "Decides nothing any more; given, the plan says where it went: the environment file's input of the same name."
  type        = string
  default     = null
}

variable "lambda_source_dir" {
  description = "Decides nothing any more; given, the plan says where it went: image."
  type        = string
  default     = null
}
