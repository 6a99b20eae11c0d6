# What is made, and what is refused. Offline: nothing is asked of AWS.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_subnet" {
    defaults = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = false }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/bastion-orchestrator-tools" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0000000000000000f" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/bastion-orchestrator-tools" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/bastion-orchestrator-tools:1" }
  }
}

variables {
  environment                = "tools"
  vpc_id                     = "vpc-00000000000000001"
  subnet_ids                 = ["subnet-00000000000000001", "subnet-00000000000000002"]
  image                      = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/platform/bastion@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  cloudwatch_kms_key_arn     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
  slack_notification_channel = "C0123ABC"
  ledger_remote              = "https://github.com/acme/infrastructure.git"
  github_repository          = "acme/infrastructure"
  alarm_topic_arns           = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  secrets = {
    "slack.app_token" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_app_token::"
    "slack.bot_token" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_bot_token::"
    "ledger.token"    = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
  }
}

run "a_container_that_can_do_little" {
  assert {
    condition     = jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].readonlyRootFilesystem && !jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].privileged
    error_message = "the root file system must be read-only, and nothing privileged"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].user == "10001:10001"
    error_message = "it must not run as root"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].linuxParameters.capabilities.drop == ["ALL"]
    error_message = "it needs no capability"
  }
  assert {
    condition     = [for mount in jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].mountPoints : mount.containerPath] == ["/var/lib/bastion"]
    error_message = "one place to write to, the clone's"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].image == var.image && aws_ecs_task_definition.service[0].task_role_arn != null && aws_ecs_task_definition.service[0].execution_role_arn != null
    error_message = "the image by its digest, and a role for each purpose"
  }
  assert {
    condition     = !aws_ecs_service.service[0].enable_execute_command
    error_message = "nobody gets a shell beside its secrets"
  }
}

run "told_by_variables_and_secrets_by_arn" {
  assert {
    condition = output.environment == {
      BASTION_AWS_REGION        = "eu-west-1"
      BASTION_GITHUB_REPOSITORY = "acme/infrastructure"
      BASTION_HTTP_HOST         = "127.0.0.1"
      BASTION_HTTP_PORT         = "8080"
      BASTION_LEDGER_DIRECTORY  = "/var/lib/bastion/ledger.git"
      BASTION_LEDGER_REMOTE     = "https://github.com/acme/infrastructure.git"
      BASTION_LOG_FORMAT        = "json"
      BASTION_SLACK_CHANNEL     = "C0123ABC"
    }
    error_message = "the variables are not what the service reads: ${jsonencode(output.environment)}"
  }
  assert {
    condition = { for secret in jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].secrets : secret.name => secret.valueFrom } == {
      BASTION_SLACK_APP_TOKEN = var.secrets["slack.app_token"]
      BASTION_SLACK_BOT_TOKEN = var.secrets["slack.bot_token"]
      BASTION_LEDGER_TOKEN    = var.secrets["ledger.token"]
    }
    error_message = "secrets go by ARN, under the names the service reads"
  }
}

run "a_setting_wins_and_an_empty_one_is_left_out" {
  variables {
    github_repository = ""
    settings          = { "grace.alarm" = "5m", "log.format" = "text" }
  }

  assert {
    condition     = output.environment["BASTION_GRACE_ALARM"] == "5m" && output.environment["BASTION_LOG_FORMAT"] == "text" && !contains(keys(output.environment), "BASTION_GITHUB_REPOSITORY")
    error_message = "settings are named by their path and win over what the module sets; an empty one says nothing"
  }
}

run "private_and_nothing_in" {
  assert {
    condition     = !aws_ecs_service.service[0].network_configuration[0].assign_public_ip && length(aws_ecs_service.service[0].load_balancer) == 0
    error_message = "no public address, no load balancer"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.https.from_port == 443 && aws_vpc_security_group_egress_rule.https.to_port == 443 && aws_vpc_security_group_egress_rule.https.ip_protocol == "tcp"
    error_message = "443 out"
  }
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.database) == 0 && length(aws_vpc_security_group_ingress_rule.database) == 0
    error_message = "without a database no rule for one"
  }
}

run "alone_the_old_one_stops_first" {
  assert {
    condition     = aws_ecs_service.service[0].desired_count == 1 && aws_ecs_service.service[0].deployment_minimum_healthy_percent == 0 && aws_ecs_service.service[0].deployment_maximum_percent == 100
    error_message = "one replica: minimum 0, maximum 100"
  }
}

run "with_a_database_one_after_the_other" {
  variables {
    replicas = 2
    database = { security_group_id = "sg-0000000000000000d", url = "postgresql://db.example.com/bastion" }
    secrets = {
      "slack.app_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_app_token::"
      "slack.bot_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_bot_token::"
      "ledger.token"      = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
      "database.password" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf"
    }
  }

  assert {
    condition     = aws_ecs_service.service[0].desired_count == 2 && aws_ecs_service.service[0].deployment_minimum_healthy_percent == 100 && aws_ecs_service.service[0].deployment_maximum_percent == 200
    error_message = "with a database: rolling"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.database[0].from_port == 5432 && aws_vpc_security_group_egress_rule.database[0].referenced_security_group_id == "sg-0000000000000000d"
    error_message = "5432 out, to the database's group"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.database[0].security_group_id == "sg-0000000000000000d" && aws_vpc_security_group_ingress_rule.database[0].referenced_security_group_id == aws_security_group.service.id && aws_vpc_security_group_ingress_rule.database[0].to_port == 5432
    error_message = "the database's group lets the service in, and only it"
  }
}

run "the_replicas_are_told_of_their_database" {
  variables {
    replicas = 2
    database = { security_group_id = "sg-0000000000000000d", url = "postgresql://db.example.com:5433/bastion", username = "replica" }
    secrets = {
      "slack.app_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_app_token::"
      "slack.bot_token"   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bastion-AbCdEf:slack_bot_token::"
      "ledger.token"      = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token"
      "database.password" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf"
    }
  }

  assert {
    condition = alltrue([for pair in [
      { name = "BASTION_DATABASE_URL", value = "postgresql://db.example.com:5433/bastion" },
      { name = "BASTION_DATABASE_USERNAME", value = "replica" },
    ] : contains(jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].environment, pair)])
    error_message = "address and user are settings"
  }
  assert {
    condition     = contains([for each in jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].secrets : each.name], "BASTION_DATABASE_PASSWORD")
    error_message = "the password is a secret"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.database[0].to_port == 5433
    error_message = "the port of the address"
  }
}

run "the_log_is_encrypted_and_kept" {
  assert {
    condition     = aws_cloudwatch_log_group.service.kms_key_id == var.cloudwatch_kms_key_arn && aws_cloudwatch_log_group.service.retention_in_days >= 365
    error_message = "encrypted with our key, kept for a year"
  }
}

run "silence_is_an_alarm" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.no_task[0].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.no_task[0].statistic == "SampleCount" && aws_cloudwatch_metric_alarm.no_task[0].threshold == 1
    error_message = "no task has no metric, and that is the alarm"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.no_task[0].dimensions == tomap({ ClusterName = "bastion-orchestrator-tools", ServiceName = "bastion-orchestrator-tools" })
    error_message = "the alarm counts this service's tasks"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.no_task[0].alarm_actions == toset(var.alarm_topic_arns) && aws_cloudwatch_metric_alarm.errors.alarm_actions == toset(var.alarm_topic_arns)
    error_message = "both alarms tell somebody"
  }
}

run "each_kind_of_alarm_is_a_metric_and_the_gravest_are_alarms" {
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.grave)) == toset(["lingering", "open-without-approval"])
    error_message = "open without approval and lingering have alarms of their own"
  }
  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.grave : alarm.metric_name == aws_cloudwatch_log_metric_filter.alarms[key].metric_transformation[0].name && alarm.alarm_actions == toset(var.alarm_topic_arns) && alarm.period == 60 && alarm.evaluation_periods == 1 && alarm.treat_missing_data == "notBreaching"])
    error_message = "each grave alarm counts its own metric, and tells somebody within a minute"
  }
  assert {
    condition     = aws_cloudwatch_log_metric_filter.alarms["lingering"].pattern == "{ ($.level = \"ERROR\") && ($.message = \"grant.lingering\") }" && aws_cloudwatch_log_metric_filter.alarms["open-without-approval"].pattern == "{ ($.level = \"ERROR\") && ($.message = \"grant.open_without_approval\") }"
    error_message = "the filters match the log events by name"
  }
}

run "a_cluster_that_is_there_is_used" {
  variables {
    cluster_arn = "arn:aws:ecs:eu-west-1:123456789012:cluster/tools"
  }

  assert {
    condition     = length(aws_ecs_cluster.this) == 0 && aws_ecs_service.service[0].cluster == "arn:aws:ecs:eu-west-1:123456789012:cluster/tools" && aws_cloudwatch_metric_alarm.no_task[0].dimensions["ClusterName"] == "tools"
    error_message = "the given cluster, and no other"
  }
}

run "the_old_inputs_still_plan" {
  command = plan

  variables {
    subnet_ids             = []
    subnet_id              = "subnet-00000000000000001"
    bastion_lifetime_hours = 4
  }

  expect_failures = [check.lifetime_is_policy]
}

run "an_earlier_callers_block_plans_without_a_service" {
  command = plan

  variables {
    environment                = "dev"
    subnet_ids                 = []
    subnet_id                  = "subnet-00000000000000001"
    ami_id                     = "ami-0a1b2c3d4e5f60718"
    instance_type              = "t3.micro"
    bastion_lifetime_hours     = 4
    lambda_source_dir          = "./lambda"
    cloudwatch_kms_key_arn     = "arn:aws:kms:eu-west-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef"
    slack_notification_channel = "#bastion"
    image                      = null
    ledger_remote              = null
    secrets                    = {}
    github_repository          = ""
    alarm_topic_arns           = []
  }

  expect_failures = [check.service_is_set_up, check.lifetime_is_policy, check.bastions_are_of_the_ledger, check.code_is_the_image]

  assert {
    condition     = length(aws_ecs_service.service) == 0 && length(aws_ecs_task_definition.service) == 0 && length(aws_cloudwatch_metric_alarm.no_task) == 0
    error_message = "without an image there must be no service, and no alarm about its absence"
  }
}

run "a_lost_image_does_not_take_the_service_away" {
  command = plan
  variables { image = null }
  expect_failures = [aws_cloudwatch_log_group.service, check.service_is_set_up]
}

run "a_lost_remote_does_not_take_the_service_away" {
  command = plan
  variables { ledger_remote = null }
  expect_failures = [aws_cloudwatch_log_group.service, check.service_is_set_up]
}

run "lost_secrets_do_not_take_the_service_away" {
  command = plan
  variables { secrets = {} }
  expect_failures = [aws_cloudwatch_log_group.service, check.service_is_set_up]
}

run "refuses_an_image_by_tag" {
  command = plan
  variables { image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/platform/bastion:latest" }
  expect_failures = [var.image]
}

run "refuses_a_secret_in_the_open" {
  command = plan
  variables { settings = { "slack.bot_token" = "xoxb-1" } }
  expect_failures = [var.settings]
}

run "refuses_a_secret_that_is_no_arn" {
  command = plan
  variables {
    secrets = {
      "slack.app_token" = "xapp-1"
      "slack.bot_token" = "xoxb-1"
      "ledger.token"    = "ghp_1"
    }
  }
  expect_failures = [var.secrets]
}

run "refuses_to_start_without_slack" {
  command = plan
  variables {
    secrets = { "ledger.token" = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/ledger-token" }
  }
  expect_failures = [var.secrets]
}

run "refuses_to_start_with_nothing_to_push_with" {
  command = plan
  variables {
    secrets = {
      "slack.app_token" = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/app-token"
      "slack.bot_token" = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/bot-token"
    }
  }
  expect_failures = [var.secrets]
}

run "a_github_app_pushes_too" {
  command = plan
  variables {
    github_repository = "acme/infrastructure"
    settings          = { "github.app_id" = "12345", "github.app_installation" = "67890" }
    secrets = {
      "slack.app_token"        = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/app-token"
      "slack.bot_token"        = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/bot-token"
      "github.app_private_key" = "arn:aws:ssm:eu-west-1:123456789012:parameter/bastion/app-key"
    }
  }
  assert {
    condition     = !contains([for secret in jsondecode(aws_ecs_task_definition.service[0].container_definitions)[0].secrets : secret.name], "BASTION_LEDGER_TOKEN")
    error_message = "the app alone: a token of the ledger's would be used instead of it"
  }
}

run "refuses_a_channel_by_name" {
  command = plan
  variables { slack_notification_channel = "#bastion" }
  expect_failures = [var.slack_notification_channel]
}

run "refuses_a_token_in_the_remote" {
  command = plan
  variables { ledger_remote = "https://x:ghp_1@github.com/acme/infrastructure.git" }
  expect_failures = [var.ledger_remote]
}

run "refuses_replicas_without_a_database" {
  command = plan
  variables { replicas = 2 }
  expect_failures = [aws_ecs_service.service]
}

run "refuses_a_database_without_a_password" {
  command = plan
  variables {
    database = { security_group_id = "sg-0000000000000000d", url = "postgresql://db.example.com/bastion" }
  }
  expect_failures = [aws_ecs_service.service]
}

run "refuses_a_password_in_the_address_of_the_database" {
  command = plan
  variables {
    database = { security_group_id = "sg-0000000000000000d", url = "postgresql://x:y@db.example.com/bastion" }
  }
  expect_failures = [var.database]
}

run "refuses_to_run_nowhere" {
  command = plan
  variables { subnet_ids = [] }
  expect_failures = [aws_ecs_service.service]
}

run "refuses_a_public_subnet" {
  command = plan
  override_data {
    target = data.aws_subnet.private
    values = { vpc_id = "vpc-00000000000000001", map_public_ip_on_launch = true }
  }
  expect_failures = [data.aws_subnet.private]
}

run "refuses_a_subnet_of_another_vpc" {
  command = plan
  override_data {
    target = data.aws_subnet.private
    values = { vpc_id = "vpc-00000000000000002", map_public_ip_on_launch = false }
  }
  expect_failures = [data.aws_subnet.private]
}
