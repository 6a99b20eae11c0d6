# What the account gets, switch by switch. Offline: nothing is asked of AWS.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
}

variables {
  regions          = ["eu-west-1"]
  repository       = "acme/infrastructure"
  service_role_arn = "arn:aws:iam::210987654321:role/bastion-orchestrator-tools-task"
  external_id      = "acme-bastion"
}

run "the_state_is_kept_and_private" {
  assert {
    condition     = aws_s3_bucket.state.bucket == "bastion-state-123456789012" && aws_s3_bucket.state.force_destroy != true && aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "versions, and a destroy that takes no state with it"
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.state.block_public_acls && aws_s3_bucket_public_access_block.state.block_public_policy && aws_s3_bucket_public_access_block.state.ignore_public_acls && aws_s3_bucket_public_access_block.state.restrict_public_buckets
    error_message = "no way to make it public"
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.state.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "no ACLs"
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.this[0].arn
    error_message = "encrypted with the account's own key"
  }
  assert {
    condition     = aws_kms_key.this[0].enable_key_rotation && aws_sns_topic.alarms.kms_master_key_id == aws_kms_key.this[0].arn
    error_message = "the key rotates, and the alarms are encrypted with it"
  }
}

run "an_account_that_has_its_parts" {
  variables {
    create_oidc_provider = false
    kms_key_arn          = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002"
    state_bucket         = "acme-state"
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && length(aws_kms_key.this) == 0 && length(module.anchors) == 0
    error_message = "what is there already is not made"
  }
  assert {
    condition     = aws_s3_bucket.state.bucket == "acme-state" && aws_sns_topic.alarms.kms_master_key_id == var.kms_key_arn
    error_message = "the given names and key"
  }
}

run "tags_path_and_boundary_of_an_account" {
  variables {
    iam_path             = "/teams/platform/"
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
    tags                 = { CostCenter = "42", ManagedBy = "somebody" }
  }

  assert {
    condition     = alltrue([for role in concat(values(aws_iam_role.ci), [aws_iam_role.watch]) : role.path == "/teams/platform/" && role.permissions_boundary == var.permissions_boundary && role.tags["CostCenter"] == "42" && role.tags["ManagedBy"] == "bastion-account"])
    error_message = "each role has the account's path, boundary and tags"
  }
}

run "the_anchors_are_optional" {
  command = plan

  variables {
    anchor_bucket = "acme-ledger-anchors"
  }

  assert {
    condition     = length(module.anchors) == 1
    error_message = "one bucket of anchors"
  }
}
