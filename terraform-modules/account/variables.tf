variable "name" {
  description = "What everything here is called. Lower-case letters, digits, hyphens."
  type        = string
  default     = "bastion"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\": write lower-case letters, digits and hyphens, 2 to 32, like \"bastion\"."
  }
}

variable "regions" {
  description = "The regions that have bastions; the first is the default of ledger.yaml."
  type        = list(string)

  validation {
    condition     = length(var.regions) > 0 && alltrue([for region in var.regions : can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", region))])
    error_message = "regions is ${jsonencode(var.regions)}: write regions of AWS, like [\"eu-west-1\"]."
  }
}

# GitHub -------------------------------------------------------------------------------------------------------------

variable "repository" {
  description = "The ledger's repository at GitHub, like \"acme/infrastructure\"."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,38}/[A-Za-z0-9._-]{1,100}$", var.repository))
    error_message = "repository is \"${var.repository}\": write owner and name, like \"acme/infrastructure\"."
  }
}

variable "repository_ids" {
  description = "GitHub's ids of the owner and of the repository (gh api repos/OWNER/NAME --jq '.owner.id, .id'). Tokens of repositories made or renamed since 15 July 2026 have them; null for an older one."
  type        = object({ owner = string, repository = string })
  default     = null

  validation {
    condition     = var.repository_ids == null || can(regex("^[0-9]{1,20}$", var.repository_ids.owner)) && can(regex("^[0-9]{1,20}$", var.repository_ids.repository))
    error_message = "repository_ids is ${jsonencode(var.repository_ids)}: write two numbers, like { owner = \"123456\", repository = \"456789\" }."
  }
}

variable "only_ids" {
  description = "Trust the form of tokens with ids alone: whoever takes over the owner's name gets no access. For a repository whose tokens have ids."
  type        = bool
  default     = false

  validation {
    condition     = !var.only_ids || var.repository_ids != null
    error_message = "only_ids is true, and there are no repository_ids: write them."
  }
}

variable "branch" {
  description = "The ledger's branch."
  type        = string
  default     = "main"

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/-]{0,200}$", var.branch))
    error_message = "branch is \"${var.branch}\": write a branch's name without wildcards, like \"main\"."
  }
}

variable "workflow_repository" {
  description = "The repository that has the workflows apply.yml, plan.yml and drift.yml, where it is another one."
  type        = string
  default     = null

  validation {
    condition     = var.workflow_repository == null || can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,38}/[A-Za-z0-9._-]{1,100}$", var.workflow_repository))
    error_message = "workflow_repository is \"${coalesce(var.workflow_repository, "null")}\": write owner and name, like \"acme/workflows\"."
  }
}

variable "apply_environment" {
  description = "An environment of GitHub whose jobs may apply, instead of the workflow apply.yml of the branch. Its own rules must admit this branch alone."
  type        = string
  default     = null

  validation {
    condition     = var.apply_environment == null || can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$", var.apply_environment))
    error_message = "apply_environment is \"${coalesce(var.apply_environment, "null")}\": write an environment's name, like \"bastion-apply\"."
  }
}

variable "plan_environment" {
  description = "The same for planning a pull request."
  type        = string
  default     = null

  validation {
    condition     = var.plan_environment == null || can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$", var.plan_environment))
    error_message = "plan_environment is \"${coalesce(var.plan_environment, "null")}\": write an environment's name, like \"bastion-plan\"."
  }
}

variable "ci_role_arns" {
  description = "CI's own roles, in whatever account, that may take the roles here where the CI has no token that AWS knows: for apply and for plan. Each needs sts:AssumeRole on the role itself."
  type        = object({ apply = optional(list(string), []), plan = optional(list(string), []) })
  default     = {}

  validation {
    condition     = alltrue([for arn in concat(var.ci_role_arns.apply, var.ci_role_arns.plan) : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", arn))])
    error_message = "ci_role_arns is ${jsonencode(var.ci_role_arns)}: write ARNs of roles, like { apply = [\"arn:aws:iam::123456789012:role/ci\"] }."
  }
}

variable "oidc_issuer" {
  description = "The issuer of the tokens; with GitHub Enterprise Server its own."
  type        = string
  default     = "https://token.actions.githubusercontent.com"

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+(/[A-Za-z0-9._/-]*)?$", var.oidc_issuer))
    error_message = "oidc_issuer is \"${var.oidc_issuer}\": write an address with https."
  }
}

variable "create_oidc_provider" {
  description = "Whether to make the account's OIDC provider of that issuer; false where it has one, because AWS takes each issuer once."
  type        = bool
  default     = true
}

# The service --------------------------------------------------------------------------------------------------------

variable "service_role_arn" {
  description = "The role that the service runs with: task_role_arn of bastion-orchestrator."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", var.service_role_arn))
    error_message = "service_role_arn is \"${var.service_role_arn}\": write a role's ARN, like \"arn:aws:iam::123456789012:role/bastion-orchestrator-tools-task\"."
  }
}

variable "external_id" {
  description = "What the service must send when it takes its role here, as in ledger.yaml. No secret: it keeps another tenant of the same service from being sent here."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@:/_-]{2,}$", var.external_id)) && length(var.external_id) <= 1224
    error_message = "external_id is \"${var.external_id}\": write 2 to 1224 letters, digits and characters of +=,.@:/_-."
  }
}

# The account's own rules --------------------------------------------------------------------------------------------

variable "permissions_boundary" {
  description = "The ARN of a policy that bounds the roles of this module."
  type        = string
  default     = null
}

variable "bastion_permissions_boundary" {
  description = "The ARN of a policy that bounds the roles of bastions (permissions_boundary of the module bastion). With it the apply role makes no role without it, so it can give away no more than the boundary has."
  type        = string
  default     = null
}

variable "iam_path" {
  description = "The path of the roles, like \"/teams/platform/\"."
  type        = string
  default     = "/"

  validation {
    condition     = can(regex("^/([A-Za-z0-9._-]+/)*$", var.iam_path))
    error_message = "iam_path is \"${var.iam_path}\": begin and end it with a slash, like \"/teams/platform/\"."
  }
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = {}
}

# State, key, anchors ------------------------------------------------------------------------------------------------

variable "state_bucket" {
  description = "The name of the bucket of Terraform's states. null: made of name and the account's id."
  type        = string
  default     = null

  validation {
    condition     = var.state_bucket == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "state_bucket is \"${coalesce(var.state_bucket, "null")}\": write lower-case letters, digits and hyphens, 3 to 63."
  }
}

variable "state_days" {
  description = "How long old versions of a state are kept."
  type        = number
  default     = 365

  validation {
    condition     = var.state_days >= 30 && floor(var.state_days) == var.state_days
    error_message = "state_days is ${var.state_days}: write whole days, 30 or more."
  }
}

variable "kms_key_arn" {
  description = "A key for states and alarms, instead of one of this module. It must admit CloudWatch, or alarms do not arrive."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is \"${coalesce(var.kms_key_arn, "null")}\": write a key's ARN, or leave it null."
  }
}

variable "volume_key_arns" {
  description = "The keys of the bastions' volumes (kms_key_arn of the module bastion), like the key of prerequisites."
  type        = list(string)
  default     = []
}

variable "anchor_bucket" {
  description = "The name of a bucket for the ledger's anchors (module anchor-bucket). null: none. Best in an account that the ledger's writers have no rights in."
  type        = string
  default     = null
}
