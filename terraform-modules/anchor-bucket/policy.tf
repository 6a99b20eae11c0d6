locals {
  bucket_arn  = "arn:${data.aws_partition.this.partition}:s3:::${var.name}"
  objects_arn = "${local.bucket_arn}/${local.prefix}*"
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "OnlyEncryptedConnections"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.bucket_arn, "${local.bucket_arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  # GOVERNANCE lets those with this permission shorten the retention; here nobody has it.
  statement {
    sid       = "NobodyShortensTheRetention"
    effect    = "Deny"
    actions   = ["s3:BypassGovernanceRetention", "s3:PutObjectLegalHold", "s3:PutObjectRetention"]
    resources = ["${local.bucket_arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  # A role of another account needs this beside its own policy.
  statement {
    sid       = "TheWriterPuts"
    actions   = ["s3:PutObject"]
    resources = [local.objects_arn]
    principals {
      type        = "AWS"
      identifiers = var.writer_role_arns
    }
  }

  # Whatever other policies the service's role has: it adds anchors, and neither reads nor deletes them.
  statement {
    sid         = "TheWriterOnlyPuts"
    effect      = "Deny"
    not_actions = ["s3:PutObject"]
    resources   = [local.bucket_arn, "${local.bucket_arn}/*"]
    principals {
      type        = "AWS"
      identifiers = var.writer_role_arns
    }
  }
}

resource "aws_s3_bucket_policy" "anchors" {
  bucket = aws_s3_bucket.anchors.id
  policy = data.aws_iam_policy_document.bucket.json

  depends_on = [aws_s3_bucket_public_access_block.anchors]
}

data "aws_iam_policy_document" "writer" {
  statement {
    sid       = "AddAnchors"
    actions   = ["s3:PutObject"]
    resources = [local.objects_arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]
    content {
      sid       = "EncryptAnchors"
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]
      condition {
        test     = "StringLike"
        variable = "kms:EncryptionContext:aws:s3:arn"
        values   = ["${local.bucket_arn}*"]
      }
    }
  }
}
