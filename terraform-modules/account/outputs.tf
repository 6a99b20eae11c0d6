output "ledger_account" {
  description = "The account's entry for accounts of ledger.yaml."
  value = {
    id           = local.account
    regions      = var.regions
    watch_role   = aws_iam_role.watch.arn
    apply_role   = aws_iam_role.ci["apply"].arn
    plan_role    = aws_iam_role.ci["plan"].arn
    external_id  = var.external_id
    state_bucket = aws_s3_bucket.state.id
  }
}

output "watch_role_arn" {
  description = "The service's role here, for watch_role_arns of bastion-orchestrator."
  value       = aws_iam_role.watch.arn
}

output "alarm_topic_arn" {
  description = "The topic of alarms, for alarm_topic_arns of the module bastion."
  value       = aws_sns_topic.alarms.arn
}

output "kms_key_arn" {
  description = "The key of states and alarms."
  value       = local.key_arn
}

output "anchor_bucket" {
  description = "The bucket of anchors; null without one."
  value       = one(module.anchors[*].bucket)
}

output "policies" {
  description = "The policies of the roles as JSON: plan, apply (beside that of plan) and watch."
  value = {
    plan  = data.aws_iam_policy_document.plan.json
    apply = data.aws_iam_policy_document.apply.json
    watch = data.aws_iam_policy_document.watch.json
  }
}

output "trust_policies" {
  description = "Who may take the roles, as JSON: plan, apply and watch."
  value = {
    plan  = data.aws_iam_policy_document.trust["plan"].json
    apply = data.aws_iam_policy_document.trust["apply"].json
    watch = data.aws_iam_policy_document.trust_service.json
  }
}
