# Who opened and closed which session. AWS does not record what goes through a port forwarding, and does not encrypt it
# with a key of ours; these events are all there is of it. The database's audit log records the queries.

locals {
  metadata_log_group = "/aws/events/${var.name}-bastion-sessions" # EventBridge writes to groups under /aws/events/
  trail_bucket       = "${var.name}-bastion-trail-${local.account}"
  trail_bucket_arn   = "arn:${local.partition}:s3:::${local.trail_bucket}"
  trail_arn          = "arn:${local.partition}:cloudtrail:${local.region}:${local.account}:trail/${var.name}-bastion"
}

resource "aws_cloudwatch_log_group" "metadata" {
  count = var.create_session_metadata ? 1 : 0

  name              = local.metadata_log_group
  kms_key_id        = local.kms_key_arn
  retention_in_days = var.log_retention_days
  skip_destroy      = true # an audit log: even a destroy only forgets it
  tags              = local.tags
}

resource "aws_cloudwatch_event_rule" "sessions" {
  count = var.create_session_metadata ? 1 : 0

  name        = "${var.name}-bastion-sessions"
  description = "Sessions opened, resumed and closed, as CloudTrail records them"
  tags        = local.tags

  event_pattern = jsonencode({
    source      = ["aws.ssm"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail = {
      eventSource = ["ssm.amazonaws.com"]
      eventName   = ["StartSession", "ResumeSession", "TerminateSession"]
    }
  })
}

resource "aws_cloudwatch_event_target" "sessions" {
  count = var.create_session_metadata ? 1 : 0

  rule      = aws_cloudwatch_event_rule.sessions[0].name
  target_id = "log-group"
  arn       = aws_cloudwatch_log_group.metadata[0].arn
}

data "aws_iam_policy_document" "events_write" {
  statement {
    sid       = "EventBridgeWrites"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.metadata_log_group}:*"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com", "delivery.logs.amazonaws.com"]
    }
  }
}

resource "aws_cloudwatch_log_resource_policy" "events" {
  count = var.create_session_metadata ? 1 : 0

  policy_name     = "${var.name}-bastion-sessions"
  policy_document = data.aws_iam_policy_document.events_write.json
}

# The trail, where the organisation has none -------------------------------------------------------------------------

resource "aws_s3_bucket" "trail" {
  # checkov:skip=CKV_AWS_18:it holds the log of who did what; who read it stands in CloudTrail itself
  # checkov:skip=CKV_AWS_144:one region, as the bastions; an organisation that replicates its trails brings its own (create_trail = false)
  # checkov:skip=CKV2_AWS_61:an audit log has no end until its owner decides on one
  # checkov:skip=CKV2_AWS_62:the EventBridge rule above reports sessions, not files that arrive
  count = var.create_trail ? 1 : 0

  bucket = local.trail_bucket
  tags   = local.tags
}

resource "aws_s3_bucket_public_access_block" "trail" {
  count = var.create_trail ? 1 : 0

  bucket                  = aws_s3_bucket.trail[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "trail" {
  count = var.create_trail ? 1 : 0

  bucket = aws_s3_bucket.trail[0].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "trail" {
  count = var.create_trail ? 1 : 0

  bucket = aws_s3_bucket.trail[0].id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = local.kms_key_arn
    }
  }
}

data "aws_iam_policy_document" "trail_bucket" {
  count = var.create_trail ? 1 : 0

  statement {
    sid       = "TrailLooks"
    actions   = ["s3:GetBucketAcl"]
    resources = [local.trail_bucket_arn]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }

  statement {
    sid       = "TrailWrites"
    actions   = ["s3:PutObject"]
    resources = ["${local.trail_bucket_arn}/AWSLogs/${local.account}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
  }

  statement {
    sid       = "OnlyEncryptedConnections"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.trail_bucket_arn, "${local.trail_bucket_arn}/*"]
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
}

resource "aws_s3_bucket_policy" "trail" {
  count = var.create_trail ? 1 : 0

  bucket = aws_s3_bucket.trail[0].id
  policy = data.aws_iam_policy_document.trail_bucket[0].json

  depends_on = [aws_s3_bucket_public_access_block.trail]
}

resource "aws_cloudtrail" "this" {
  # checkov:skip=CKV2_AWS_10:what matters here goes through EventBridge into its own log group; all of it twice would only cost
  # checkov:skip=CKV_AWS_252:no program waits for files that arrive; the EventBridge rule above reports sessions
  count = var.create_trail ? 1 : 0

  name                          = "${var.name}-bastion"
  s3_bucket_name                = aws_s3_bucket.trail[0].id
  kms_key_id                    = local.kms_key_arn
  enable_log_file_validation    = true
  is_multi_region_trail         = true
  include_global_service_events = true
  tags                          = local.tags

  depends_on = [aws_s3_bucket_policy.trail]
}
