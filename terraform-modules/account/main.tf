data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  arn       = "arn:${local.partition}"
  tags      = merge(var.tags, { ManagedBy = "bastion-account" })

  # What the modules of a bastion name: roles, profiles, documents, queues, alarms and schedules.
  bastion_roles = ["${local.arn}:iam::${local.account}:role/bastion-*", "${local.arn}:iam::${local.account}:role/*/bastion-*"]
  profiles      = ["${local.arn}:iam::${local.account}:instance-profile/bastion-*", "${local.arn}:iam::${local.account}:instance-profile/*/bastion-*"]

  # CI's roles and the service's: what makes bastions must not change them, whatever they are called.
  role_names = { plan = "${var.name}-plan", apply = "${var.name}-apply", watch = "${var.name}-watch" }
  own_roles  = [for name in values(local.role_names) : "${local.arn}:iam::${local.account}:role${var.iam_path}${name}"]

  state_bucket = coalesce(var.state_bucket, "${var.name}-state-${local.account}")
  state_arn    = "${local.arn}:s3:::${local.state_bucket}"
  key_arn      = var.kms_key_arn == null ? one(aws_kms_key.this[*].arn) : var.kms_key_arn
}

# Where alarms go: the modules bastion and bastion-orchestrator take its ARN.
resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = local.key_arn
  tags              = merge(local.tags, { Name = "${var.name}-alarms" })
}

module "anchors" {
  source = "../anchor-bucket"
  count  = var.anchor_bucket == null ? 0 : 1

  name             = var.anchor_bucket
  writer_role_arns = [var.service_role_arn]
  kms_key_arn      = local.key_arn
}
