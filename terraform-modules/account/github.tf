# Who may take the roles of CI: GitHub's tokens for one workflow of the default branch, or for one environment of GitHub; and
# CI's own roles, where they are named.
# https://docs.github.com/en/actions/reference/security/oidc

locals {
  issuer       = trimprefix(var.oidc_issuer, "https://")
  provider_arn = var.create_oidc_provider ? one(aws_iam_openid_connect_provider.github[*].arn) : "${local.arn}:iam::${local.account}:oidc-provider/${local.issuer}"

  owner = split("/", var.repository)[0]
  name  = split("/", var.repository)[1]
  # Repositories made or renamed since 15 July 2026 have GitHub's ids in the subject.
  by_names = "repo:${var.repository}"
  by_ids   = var.repository_ids == null ? null : "repo:${local.owner}@${var.repository_ids.owner}/${local.name}@${var.repository_ids.repository}"
  subjects = compact([var.only_ids ? null : local.by_names, local.by_ids])

  workflows = "${var.workflow_repository == null ? var.repository : var.workflow_repository}/.github/workflows"
  at_branch = [for subject in local.subjects : "${subject}:ref:refs/heads/${var.branch}"]
  at_pulls  = [for subject in local.subjects : "${subject}:pull_request"]

  # One statement for each workflow: a workflow that is not named takes no role, on whatever branch.
  callers = {
    apply = { apply = { pin = var.apply_environment, subjects = local.at_branch } }
    plan = {
      plan  = { pin = var.plan_environment, subjects = concat(local.at_branch, local.at_pulls) }
      drift = { pin = null, subjects = local.at_branch }
    }
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.create_oidc_provider ? 1 : 0

  url            = var.oidc_issuer
  client_id_list = ["sts.amazonaws.com"]
  tags           = local.tags
}

data "aws_iam_policy_document" "trust" {
  for_each = local.callers

  dynamic "statement" {
    for_each = each.value
    content {
      sid     = title(statement.key)
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = [local.provider_arn]
      }
      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:aud"
        values   = ["sts.amazonaws.com"]
      }
      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:sub"
        values   = statement.value.pin == null ? statement.value.subjects : [for subject in local.subjects : "${subject}:environment:${statement.value.pin}"]
      }
      dynamic "condition" {
        for_each = statement.value.pin == null ? [1] : []
        content {
          test     = "StringEquals"
          variable = "${local.issuer}:job_workflow_ref"
          values   = ["${local.workflows}/${statement.key}.yml@refs/heads/${var.branch}"]
        }
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.ci_role_arns[each.key]) == 0 ? [] : [1]
    content {
      sid     = "Roles"
      actions = ["sts:AssumeRole"]
      principals {
        type        = "AWS"
        identifiers = var.ci_role_arns[each.key]
      }
    }
  }
}

data "aws_iam_policy_document" "trust_service" {
  statement {
    sid     = "Service"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.service_role_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

resource "aws_iam_role" "ci" {
  for_each = local.callers

  name                 = local.role_names[each.key]
  path                 = var.iam_path
  permissions_boundary = var.permissions_boundary
  description          = "CI of ${var.repository}: ${each.key == "plan" ? "plans and looks for drift" : "applies what the ledger says"}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  tags                 = local.tags
}

resource "aws_iam_role" "watch" {
  name                 = local.role_names.watch
  path                 = var.iam_path
  permissions_boundary = var.permissions_boundary
  description          = "The bastion service: looks at bastions, ends what carries their tag"
  assume_role_policy   = data.aws_iam_policy_document.trust_service.json
  tags                 = local.tags
}

resource "aws_iam_role_policy" "plan" {
  name   = "plan"
  role   = aws_iam_role.ci["plan"].id
  policy = data.aws_iam_policy_document.plan.json
}

resource "aws_iam_role_policy" "apply_reads" {
  name   = "plan"
  role   = aws_iam_role.ci["apply"].id
  policy = data.aws_iam_policy_document.plan.json
}

resource "aws_iam_role_policy" "apply" {
  name   = "apply"
  role   = aws_iam_role.ci["apply"].id
  policy = data.aws_iam_policy_document.apply.json
}

resource "aws_iam_role_policy" "watch" {
  name   = "watch"
  role   = aws_iam_role.watch.id
  policy = data.aws_iam_policy_document.watch.json
}
