data "aws_partition" "this" {}

locals {
  prefix = trimsuffix(var.prefix, "/") == "" ? "" : "${trimsuffix(var.prefix, "/")}/"
  tags   = { ManagedBy = "bastion-anchor-bucket" }
}

# Object Lock can only be turned on where versioning is, and never off again: S3 itself keeps every version.
resource "aws_s3_bucket" "anchors" {
  # checkov:skip=CKV_AWS_18:an anchor is written once an hour and holds no secret; who read it stands in CloudTrail
  # checkov:skip=CKV_AWS_144:an anchor that a region loses is missed by the next one, which names it
  # checkov:skip=CKV_AWS_145:kms_key_arn is for organisations that want a key of their own; an anchor holds commit ids alone
  # checkov:skip=CKV2_AWS_61:an audit record has no end until its owner decides on one
  # checkov:skip=CKV2_AWS_62:nothing waits for an anchor to arrive
  bucket              = var.name
  object_lock_enabled = true
  tags                = merge(local.tags, { Name = var.name })
}

resource "aws_s3_bucket_versioning" "anchors" {
  bucket = aws_s3_bucket.anchors.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "anchors" {
  bucket = aws_s3_bucket.anchors.id
  rule {
    default_retention {
      mode = var.retention_mode
      days = var.retention_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.anchors]
}

resource "aws_s3_bucket_public_access_block" "anchors" {
  bucket                  = aws_s3_bucket.anchors.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "anchors" {
  bucket = aws_s3_bucket.anchors.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "anchors" {
  bucket = aws_s3_bucket.anchors.id
  rule {
    bucket_key_enabled = var.kms_key_arn != null
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}
