# The documents say what a session can be; the log group keeps what AWS records of it.

locals {
  port_document      = "${local.name}-port"
  shell_document     = "${local.name}-shell"
  port_document_arn  = "arn:${local.partition}:ssm:${local.region}:${local.account}:document/${local.port_document}"
  shell_document_arn = "arn:${local.partition}:ssm:${local.region}:${local.account}:document/${local.shell_document}"

  log_group     = "/bastion/${var.project_name}/${var.environment}/sessions"
  log_group_arn = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}"
}

# Outside the gate: the audit log outlives every bastion. Even a destroy of the whole module only forgets it.
resource "aws_cloudwatch_log_group" "sessions" {
  name              = local.log_group
  kms_key_id        = var.kms_key_arn
  retention_in_days = var.log_retention_days
  skip_destroy      = true
  tags              = merge(local.tags, { Name = local.log_group })
}

# Host and port are literals: the only thing a person chooses is the port on his own machine.
resource "aws_ssm_document" "port" {
  count = local.here

  name            = local.port_document
  document_type   = "Session"
  document_format = "JSON"
  tags            = local.tags

  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Forwards a local port to ${local.database_host}:${local.database_port}"
    sessionType   = "Port"
    parameters = {
      localPortNumber = {
        type           = "String"
        description    = "The port on your own machine; 0 for any free one"
        default        = "0"
        allowedPattern = "^([0-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"
      }
    }
    properties = {
      type            = "LocalPortForwarding"
      host            = local.database_host
      portNumber      = tostring(local.database_port)
      localPortNumber = "{{ localPortNumber }}"
    }
  })
}

# Not SSM-SessionManagerRunShell: there is one of that in an account, and it is not ours to set.
resource "aws_ssm_document" "shell" {
  count = local.is_open && var.shell_access_enabled ? 1 : 0

  name            = local.shell_document
  document_type   = "Session"
  document_format = "JSON"
  tags            = local.tags

  content = jsonencode({
    schemaVersion = "1.0"
    description   = "A shell on the bastion of ${var.project_name} ${var.environment}, logged and encrypted"
    sessionType   = "Standard_Stream"
    inputs = {
      cloudWatchLogGroupName      = aws_cloudwatch_log_group.sessions.name
      cloudWatchEncryptionEnabled = true
      cloudWatchStreamingEnabled  = true
      kmsKeyId                    = var.kms_key_arn
      idleSessionTimeout          = "15"
      maxSessionDuration          = tostring(min(1440, var.longest_grant_hours * 60))
      runAsEnabled                = false
      shellProfile                = { linux = "exec /bin/bash -l" }
    }
  })
}
