# The documents say what a session can be; the log group keeps what AWS records of it.

locals {
  # By target; of a single one, by the name "database".
  port_documents     = local.is_single ? { database = "${local.name}-port" } : { for target in var.targets : target.name => "${local.name}-port-${target.name}" }
  port_document      = local.is_single ? local.port_documents.database : local.port_documents[var.targets[0].name]
  port_document_arns = [for document in values(local.port_documents) : "arn:${local.partition}:ssm:${local.region}:${local.account}:document/${document}"]
  shell_document     = "${local.name}-shell"
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

# Host and port are literals: the only thing a person chooses is the port on their own machine. Documents stand while
# closed: one leads nowhere without an instance.
locals {
  port_contents = { for name, target in local.is_single ? { database = { host = local.database_host, port = local.database_port } } : { for target in var.targets : target.name => { host = target.host, port = target.port } } : name => jsonencode({
    schemaVersion = "1.0"
    description   = "Forwards a local port to ${target.host}:${target.port}"
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
      host            = target.host
      portNumber      = tostring(target.port)
      localPortNumber = "{{ localPortNumber }}"
    }
  }) }
}

resource "aws_ssm_document" "port" {
  count = local.is_single ? local.stands : 0

  name            = local.port_document
  document_type   = "Session"
  document_format = "JSON"
  content         = local.port_contents.database
  tags            = local.tags
}

resource "aws_ssm_document" "targets" {
  for_each = { for target in var.targets : target.name => local.port_contents[target.name] if local.stands == 1 }

  name            = local.port_documents[each.key]
  document_type   = "Session"
  document_format = "JSON"
  content         = each.value
  tags            = local.tags
}

# Not SSM-SessionManagerRunShell: there is one of that in an account, and it is not ours to set.
resource "aws_ssm_document" "shell" {
  count = var.shell_access_enabled ? local.stands : 0

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
