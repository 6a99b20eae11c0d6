output "bucket" {
  description = "The bucket, for anchors.s3.bucket of the service."
  value       = aws_s3_bucket.anchors.id
}

output "prefix" {
  description = "The prefix, for anchors.s3.prefix of the service."
  value       = local.prefix
}

output "writer_policy_json" {
  description = "An IAM policy that lets the service's role add anchors, and nothing else."
  value       = data.aws_iam_policy_document.writer.json
}
