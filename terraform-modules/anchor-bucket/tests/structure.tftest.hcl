# What the bucket is, switch by switch. Offline: nothing is asked of AWS.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::acme-ledger-anchors" }
  }
}

variables {
  name             = "acme-ledger-anchors"
  writer_role_arns = ["arn:aws:iam::123456789012:role/bastion-orchestrator"]
}

run "nothing_is_deleted_before_its_time" {
  assert {
    condition     = aws_s3_bucket.anchors.object_lock_enabled && aws_s3_bucket_versioning.anchors.versioning_configuration[0].status == "Enabled" && aws_s3_bucket.anchors.force_destroy != true
    error_message = "Object Lock and versions, and a destroy that takes no anchor with it"
  }
  assert {
    condition     = aws_s3_bucket_object_lock_configuration.anchors.rule[0].default_retention[0].mode == "COMPLIANCE" && aws_s3_bucket_object_lock_configuration.anchors.rule[0].default_retention[0].days == 2192
    error_message = "six years, for everybody, unless told otherwise"
  }
}

run "nobody_else_reads_it" {
  assert {
    condition     = aws_s3_bucket_public_access_block.anchors.block_public_acls && aws_s3_bucket_public_access_block.anchors.block_public_policy && aws_s3_bucket_public_access_block.anchors.ignore_public_acls && aws_s3_bucket_public_access_block.anchors.restrict_public_buckets
    error_message = "no way to make it public"
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.anchors.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "what a writer of another account adds is the bucket owner's"
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.anchors.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "encrypted, also without a key"
  }
}

run "a_key_of_its_own" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.anchors.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms" && one(one(aws_s3_bucket_server_side_encryption_configuration.anchors.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn
    error_message = "with the key that was given"
  }
}

run "another_retention" {
  variables {
    retention_mode = "GOVERNANCE"
    retention_days = 30
  }

  assert {
    condition     = aws_s3_bucket_object_lock_configuration.anchors.rule[0].default_retention[0].mode == "GOVERNANCE" && aws_s3_bucket_object_lock_configuration.anchors.rule[0].default_retention[0].days == 30
    error_message = "mode and days are inputs"
  }
}

run "the_prefix_ends_with_one_slash" {
  variables {
    prefix = "ledger/"
  }

  assert {
    condition     = output.prefix == "ledger/"
    error_message = "it is ${output.prefix}"
  }
}

run "refuses_a_retention_of_no_days" {
  command = plan
  variables {
    retention_days = 0
  }
  expect_failures = [var.retention_days]
}

run "refuses_an_unknown_mode" {
  command = plan
  variables {
    retention_mode = "NONE"
  }
  expect_failures = [var.retention_mode]
}

run "refuses_everybody_as_the_writer" {
  command = plan
  variables {
    writer_role_arns = ["*"]
  }
  expect_failures = [var.writer_role_arns]
}
