# The service, as one task (or several, with a database) on Fargate. It keeps nothing: its volume is a clone of the
# ledger that may be lost at any time, so a task that dies is simply replaced.

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name

  name      = "${var.name}-${var.environment}"
  log_group = "/bastion/${local.name}"
  directory = "/var/lib/bastion"
  port      = 8080

  # A caller of an earlier module of this kind gives none of these, and gets no service before they are there.
  set_up = {
    image         = var.image != null
    ledger_remote = var.ledger_remote != null
    secrets       = length(var.secrets) > 0
  }
  missing   = [for input, is_there in local.set_up : input if !is_there]
  is_set_up = length(local.missing) == 0

  cluster_arn = var.cluster_arn == null ? one(aws_ecs_cluster.this[*].arn) : var.cluster_arn

  tags = {
    Name        = local.name
    Environment = var.environment
    ManagedBy   = "bastion-orchestrator" # not "bastion": the service ends what carries that
  }

  # A setting's variable is its path, upper-cased, with BASTION_ before it; see app/bastion.example.yaml.
  settings = merge(
    {
      "aws.region"        = local.region
      "http.host"         = "127.0.0.1" # health is asked for from inside the container; nothing listens outside
      "http.port"         = tostring(local.port)
      "ledger.directory"  = "${local.directory}/ledger.git"
      "ledger.remote"     = var.ledger_remote
      "log.format"        = "json"
      "slack.channel"     = var.slack_notification_channel
      "github.repository" = var.github_repository
    },
    local.has_database ? {
      "database.url"      = var.database.url
      "database.username" = var.database.username
    } : {},
    var.settings,
  )
  environment = [for path in sort(keys(local.settings)) : {
    name  = "BASTION_${upper(replace(path, ".", "_"))}"
    value = local.settings[path]
  } if coalesce(local.settings[path], " ") != " "]
  secrets = [for path in sort(keys(var.secrets)) : {
    name      = "BASTION_${upper(replace(path, ".", "_"))}"
    valueFrom = var.secrets[path]
  }]

  container = {
    name                   = "bastion"
    image                  = var.image
    essential              = true
    command                = ["serve"]
    user                   = "10001:10001"
    privileged             = false
    readonlyRootFilesystem = true
    linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    mountPoints            = [{ sourceVolume = "ledger", containerPath = local.directory, readOnly = false }]
    environment            = local.environment
    secrets                = local.secrets
    stopTimeout            = 60 # it stops taking commands, finishes what it holds, then goes
    healthCheck = {
      command     = ["CMD", "/usr/local/bin/bastion-health"]
      interval    = 15
      timeout     = 5
      retries     = 3
      startPeriod = 60
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.service.name
        awslogs-region        = local.region
        awslogs-stream-prefix = "service"
        mode                  = "non-blocking" # a log that cannot be written must not keep a grant from ending
        max-buffer-size       = "4m"
      }
    }
  }
}

resource "aws_cloudwatch_log_group" "service" {
  name              = local.log_group
  kms_key_id        = var.cloudwatch_kms_key_arn
  retention_in_days = var.log_retention_days
  tags              = local.tags

  lifecycle {
    # Else an input that is lost would take the running service away, with no more than a warning.
    precondition {
      condition     = local.is_set_up || length(local.missing) == length(local.set_up)
      error_message = "${join(" and ", local.missing)} missing, while ${join(" and ", setsubtract(keys(local.set_up), local.missing))} is there: the service needs image, ledger_remote and secrets."
    }
  }
}

resource "aws_ecs_cluster" "this" {
  # checkov:skip=CKV_AWS_65:Container Insights is charged by metric and nothing here needs it: the alarm counts tasks by ECS's own metric. container_insights turns it on
  count = var.cluster_arn == null ? 1 : 0

  name = local.name
  tags = local.tags

  setting {
    name  = "containerInsights"
    value = var.container_insights ? "enabled" : "disabled"
  }
}

resource "aws_ecs_task_definition" "service" {
  count = local.is_set_up ? 1 : 0

  family                   = local.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  task_role_arn            = aws_iam_role.task.arn
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions    = jsonencode([local.container])
  tags                     = local.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  # The one place it may write to: on the task's own disk, encrypted by Fargate, gone with the task.
  volume {
    name = "ledger"
  }
}

resource "aws_ecs_service" "service" {
  count = local.is_set_up ? 1 : 0

  name            = local.name
  cluster         = local.cluster_arn
  task_definition = one(aws_ecs_task_definition.service[*].arn)
  desired_count   = var.replicas

  launch_type             = "FARGATE"
  platform_version        = "LATEST"
  enable_execute_command  = false # nobody gets a shell beside its secrets
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"
  wait_for_steady_state   = var.wait_for_steady_state
  tags                    = local.tags

  # Alone, the old one stops before the new one starts: two at once without a database would both tell Slack. The few
  # seconds between are what the ledger is for: nothing is lost, it is read again. With a database, the new one starts first.
  deployment_minimum_healthy_percent = local.has_database ? 100 : 0
  deployment_maximum_percent         = local.has_database ? 200 : 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = data.aws_subnet.private[*].id
    security_groups  = [aws_security_group.service.id]
    assign_public_ip = false
  }

  lifecycle {
    precondition {
      condition     = length(local.subnet_ids) > 0
      error_message = "No subnet: write subnet_ids = [\"subnet-…\"], private subnets with a way out to 443 (a NAT gateway)."
    }
    precondition {
      condition     = var.replicas <= 1 || local.has_database
      error_message = "replicas = ${var.replicas} needs a database that the replicas share: write database = { security_group_id = \"sg-…\", url = \"postgresql://…\" }, or replicas = 1."
    }
    precondition {
      condition     = !local.has_database || contains(keys(var.secrets), "database.password")
      error_message = "database has no password: write secrets = { \"database.password\" = \"arn:…\", … }."
    }
  }

  # It asks for its image, its secrets and AWS as soon as it starts.
  depends_on = [
    aws_iam_role_policy.execution,
    aws_iam_role_policy.task,
    aws_vpc_security_group_egress_rule.https,
  ]
}

check "service_is_set_up" {
  assert {
    condition     = local.is_set_up
    error_message = "No service runs yet, as its image, ledger and secrets are not there. Write image = \"…@sha256:…\", ledger_remote = \"https://…\", secrets = { \"slack.app_token\" = \"arn:…\", … }, and slack_notification_channel as the channel's id, like \"C0123ABC\"."
  }
}

check "lifetime_is_policy" {
  assert {
    condition     = var.bastion_lifetime_hours == null
    error_message = "bastion_lifetime_hours decides nothing here any more: how long a bastion may live is reviewed with the ledger. Write default_duration and longest_total into environments/access-policy.yaml (default_duration: ${coalesce(var.bastion_lifetime_hours, 2)}h), and take this input out."
  }
}

check "bastions_are_of_the_ledger" {
  assert {
    condition     = var.ami_id == null && var.instance_type == null
    error_message = "ami_id and instance_type decide nothing here any more, as CI starts the bastions: write them into the inputs of each environment file, like environments/dev/bastion/terragrunt.hcl, and take them out here."
  }
}

check "code_is_the_image" {
  assert {
    condition     = var.lambda_source_dir == null
    error_message = "lambda_source_dir decides nothing any more: the service is the container of image, and no Lambda function. Take this input out."
  }
}
