# What is there while closed and while open. Offline: nothing is asked of AWS.

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
  mock_data "aws_route_tables" {
    defaults = { ids = ["rtb-00000000000000001"] }
  }
  mock_data "aws_route_table" {
    defaults = { routes = [] }
  }
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-00000000000000001" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:bastion-orders-dev-failed-ends" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/bastion-orders-dev-end" }
  }
  mock_resource "aws_instance" {
    defaults = { id = "i-00000000000000001" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0000000000000000f" }
  }
}

variables {
  project_name                    = "orders"
  environment                     = "dev"
  vpc_id                          = "vpc-00000000000000001"
  subnet_id                       = "subnet-00000000000000001"
  rds_security_group_id           = "sg-00000000000000001"
  rds_endpoint                    = "orders.dev.internal"
  vpc_endpoint_security_group_ids = ["sg-0000000000000000a", "sg-0000000000000000b"]
  kms_key_arn                     = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"

  deploy_bastion        = 1
  requested_by_user_id  = "U12345678"
  requested_by_username = "john.doe"
  created_at            = timestamp()
  expires_at            = timeadd(timestamp(), "2h")
  request_id            = "01JHR7Z9C0V6T1"
  ledger                = "github.com/Acme/infra"
  commit_sha            = "0123456789abcdef0123456789abcdef01234567"
}

run "closed_leaves_the_log_and_the_queue_alone" {
  variables {
    deploy_bastion   = 0
    alarm_topic_arns = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  }

  assert {
    condition     = aws_cloudwatch_log_group.sessions.name == "/bastion/orders/dev/sessions" && aws_cloudwatch_log_group.sessions.skip_destroy
    error_message = "the session log stands while closed, and a destroy only forgets it"
  }
  assert {
    condition     = aws_cloudwatch_log_group.sessions.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.sessions.retention_in_days == 2192
    error_message = "the session log must be encrypted with our key, and kept for six years"
  }
  assert {
    condition     = aws_sqs_queue.failed_ends.sqs_managed_sse_enabled && aws_sqs_queue.failed_ends.message_retention_seconds == 1800
    error_message = "the queue of failed ends stands while closed, encrypted, and keeps its messages for half an hour: two attempts of one grant, and not one of each of two grants"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.failed_ends.threshold == 1 && aws_cloudwatch_metric_alarm.failed_ends.statistic == "Maximum" && aws_cloudwatch_metric_alarm.failed_ends.comparison_operator == "GreaterThanThreshold" && aws_cloudwatch_metric_alarm.failed_ends.metric_name == "ApproximateNumberOfMessagesVisible" && aws_cloudwatch_metric_alarm.failed_ends.dimensions["QueueName"] == aws_sqs_queue.failed_ends.name && aws_cloudwatch_metric_alarm.failed_ends.alarm_actions == toset(["arn:aws:sns:eu-west-1:123456789012:on-call"])
    error_message = "the alarm of failed ends stands while closed, looks for a second message in the queue and reaches the topics"
  }
  assert {
    condition     = !output.is_open && output.instance_id == null && output.connect_command == null && output.shell_command == null && output.user_policy_json == null && length(output.connect_commands) == 0
    error_message = "closed, no output may say how to connect"
  }
}

run "closed_needs_no_grant" {
  command = plan

  variables {
    deploy_bastion        = 0
    requested_by_user_id  = ""
    requested_by_username = ""
    created_at            = ""
    expires_at            = ""
    request_id            = ""
    commit_sha            = ""
  }
}

# The first that opens: user data is not changed afterwards, so only here is it what this run's inputs make of it.
run "it_ends_by_itself" {
  assert {
    condition     = aws_scheduler_schedule.end[0].start_date == timeadd(aws_instance.bastion[0].tags["ExpiresAt"], "5m") && aws_scheduler_schedule.end[0].schedule_expression_timezone == "UTC"
    error_message = "the schedule must fire first five minutes after expires_at"
  }
  assert {
    condition     = aws_scheduler_schedule.end[0].schedule_expression == "rate(10 minutes)" && aws_scheduler_schedule.end[0].end_date == null
    error_message = "the schedule must fire again each ten minutes, until it is removed"
  }
  assert {
    condition     = aws_scheduler_schedule.end[0].target[0].arn == "arn:aws:scheduler:::aws-sdk:ec2:terminateInstances" && jsondecode(aws_scheduler_schedule.end[0].target[0].input) == { InstanceIds = ["i-00000000000000001"] } && aws_scheduler_schedule.end[0].target[0].role_arn == aws_iam_role.end[0].arn
    error_message = "the schedule must terminate this instance"
  }
  assert {
    condition     = aws_scheduler_schedule.end[0].target[0].retry_policy[0].maximum_retry_attempts == 185 && aws_scheduler_schedule.end[0].target[0].retry_policy[0].maximum_event_age_in_seconds == 600 && aws_scheduler_schedule.end[0].flexible_time_window[0].mode == "OFF"
    error_message = "the schedule must fire on time, and retry until it fires again"
  }
  assert {
    condition     = aws_scheduler_schedule.end[0].target[0].dead_letter_config[0].arn == aws_sqs_queue.failed_ends.arn
    error_message = "the schedule must bury what failed in the queue"
  }
  assert {
    condition     = strcontains(aws_instance.bastion[0].user_data, "bastion-expiry") && !strcontains(aws_instance.bastion[0].user_data, aws_instance.bastion[0].tags["ExpiresAt"])
    error_message = "user_data must hold the guest timer and not the end itself"
  }
}

run "open_private_and_hardened" {
  assert {
    condition     = !aws_instance.bastion[0].associate_public_ip_address
    error_message = "the bastion must have no public address"
  }
  assert {
    condition     = aws_instance.bastion[0].metadata_options[0].http_tokens == "required" && aws_instance.bastion[0].metadata_options[0].http_put_response_hop_limit == 1
    error_message = "the metadata service must ask for a token (IMDSv2) and answer one hop away only"
  }
  assert {
    condition     = aws_instance.bastion[0].metadata_options[0].instance_metadata_tags == "enabled" && aws_instance.bastion[0].metadata_options[0].http_endpoint == "enabled"
    error_message = "the guest timer reads its tag from the metadata service"
  }
  assert {
    condition     = aws_instance.bastion[0].root_block_device[0].encrypted && aws_instance.bastion[0].root_block_device[0].kms_key_id == var.kms_key_arn && aws_instance.bastion[0].root_block_device[0].volume_type == "gp3"
    error_message = "the volume must be gp3 and encrypted with our key"
  }
  assert {
    condition     = aws_instance.bastion[0].instance_initiated_shutdown_behavior == "terminate" && aws_instance.bastion[0].monitoring
    error_message = "a shutdown from inside must terminate, and the instance must be monitored"
  }
  assert {
    condition     = aws_instance.bastion[0].ami == "ami-00000000000000001" && aws_instance.bastion[0].instance_type == "t4g.nano"
    error_message = "the image is the public parameter's, the type the small Graviton"
  }
}

run "open_rules_by_group_only" {
  assert {
    condition     = length(aws_security_group.bastion[0].ingress) == 0 || alltrue([for rule in [aws_vpc_security_group_ingress_rule.database[0], aws_vpc_security_group_ingress_rule.endpoints["0"], aws_vpc_security_group_ingress_rule.endpoints["1"]] : rule.security_group_id != aws_security_group.bastion[0].id])
    error_message = "nothing may come into the bastion"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.database[0].from_port == 5432 && aws_vpc_security_group_egress_rule.database[0].to_port == 5432 && aws_vpc_security_group_egress_rule.database[0].referenced_security_group_id == var.rds_security_group_id
    error_message = "to the database: its port, its group"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.database[0].security_group_id == var.rds_security_group_id && aws_vpc_security_group_ingress_rule.database[0].from_port == 5432 && aws_vpc_security_group_ingress_rule.database[0].to_port == 5432
    error_message = "the database's group lets the bastion's in on its port"
  }
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.endpoints) == 2 && alltrue([for rule in aws_vpc_security_group_egress_rule.endpoints : rule.from_port == 443 && rule.to_port == 443])
    error_message = "443 to each of the endpoints' groups"
  }
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.endpoints : rule.security_group_id]) == toset(var.vpc_endpoint_security_group_ids)
    error_message = "each of the endpoints' groups lets the bastion in"
  }
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.internet) == 0
    error_message = "no way to the internet unless asked for"
  }
}

run "open_tags_lead_back_to_the_ledger" {
  assert {
    condition = tomap({ for key, value in aws_instance.bastion[0].tags : key => value if !endswith(key, "At") }) == tomap({
      Name                = "bastion-orders-dev"
      Project             = "orders"
      Environment         = "dev"
      ManagedBy           = "bastion"
      RequestId           = "01JHR7Z9C0V6T1"
      CommitSha           = "0123456789abcdef0123456789abcdef01234567"
      Ledger              = "github.com/acme/infra"
      RequestedByUserId   = "U12345678"
      RequestedByUsername = "john.doe"
      Database            = "orders.dev.internal:5432"
      PortDocument        = "bastion-orders-dev-port"
    })
    error_message = "the instance's tags are ${jsonencode(aws_instance.bastion[0].tags)}"
  }
  # Not compared with the variables: OpenTofu asks timestamp() anew each time one is read.
  assert {
    condition = alltrue([
      timecmp(aws_instance.bastion[0].tags["CreatedAt"], timestamp()) <= 0,
      timecmp(aws_instance.bastion[0].tags["CreatedAt"], timeadd(timestamp(), "-10m")) > 0,
      timecmp(aws_instance.bastion[0].tags["ExpiresAt"], timeadd(timestamp(), "2h")) <= 0,
      timecmp(aws_instance.bastion[0].tags["ExpiresAt"], timeadd(timestamp(), "110m")) > 0,
    ])
    error_message = "begin and end of the grant are ${aws_instance.bastion[0].tags["CreatedAt"]} and ${aws_instance.bastion[0].tags["ExpiresAt"]}"
  }
  assert {
    condition     = aws_instance.bastion[0].root_block_device[0].tags == aws_instance.bastion[0].tags
    error_message = "the volume must carry the same tags"
  }
  assert {
    condition     = alltrue([for tags in [aws_security_group.bastion[0].tags, aws_iam_role.bastion[0].tags, aws_ssm_document.port[0].tags] : !contains(keys(tags), "ExpiresAt")])
    error_message = "the end stands on the instance and its volume alone, or an extension would change more"
  }
}

run "hostile_names_become_tags" {
  variables {
    requested_by_username = "$${run_cmd(\"id\")} <!channel> ünïcode"
  }

  assert {
    condition     = aws_instance.bastion[0].tags["RequestedByUsername"] == "__run_cmd__id___ __channel_ ünïcode"
    error_message = "became \"${aws_instance.bastion[0].tags["RequestedByUsername"]}\""
  }
}

run "the_port_document_forwards_to_the_database_alone" {
  assert {
    condition     = jsondecode(aws_ssm_document.port[0].content).properties == { type = "LocalPortForwarding", host = "orders.dev.internal", portNumber = "5432", localPortNumber = "{{ localPortNumber }}" }
    error_message = "host and port must be literals"
  }
  assert {
    condition     = keys(jsondecode(aws_ssm_document.port[0].content).parameters) == ["localPortNumber"] && jsondecode(aws_ssm_document.port[0].content).sessionType == "Port"
    error_message = "the local port must be the only parameter"
  }
  assert {
    condition     = length(aws_ssm_document.shell) == 0 && output.shell_command == null
    error_message = "no shell unless asked for"
  }
  assert {
    condition     = output.connect_command == "aws ssm start-session --region eu-west-1 --target i-00000000000000001 --document-name bastion-orders-dev-port --parameters localPortNumber=5432"
    error_message = "the connect command is: ${coalesce(output.connect_command, "null")}"
  }
}

run "tags_path_and_boundary_of_an_account" {
  command = plan

  variables {
    tags                 = { CostCenter = "42", ManagedBy = "somebody else" }
    iam_path             = "/bastion/"
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
    volume_size          = 20
  }

  assert {
    condition     = alltrue([for tags in [aws_instance.bastion[0].tags, aws_security_group.bastion[0].tags, aws_iam_role.bastion[0].tags, aws_iam_role.end[0].tags, aws_ssm_document.port[0].tags, aws_sqs_queue.failed_ends.tags, aws_cloudwatch_log_group.sessions.tags, aws_vpc_security_group_ingress_rule.database[0].tags] : tags["CostCenter"] == "42" && tags["ManagedBy"] == "bastion"])
    error_message = "a caller's tags must be on everything, and the module's own must win: the service knows its instances by them"
  }
  assert {
    condition     = alltrue([for role in [aws_iam_role.bastion[0], aws_iam_role.end[0]] : role.path == "/bastion/" && role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"]) && aws_iam_instance_profile.bastion[0].path == "/bastion/"
    error_message = "both roles must have the account's path and boundary"
  }
  assert {
    condition     = aws_instance.bastion[0].root_block_device[0].volume_size == 20
    error_message = "the volume must be as large as asked for"
  }
}

run "shells_are_logged_and_encrypted" {
  variables {
    shell_access_enabled = true
  }

  assert {
    condition     = jsondecode(aws_ssm_document.shell[0].content).inputs.cloudWatchStreamingEnabled && jsondecode(aws_ssm_document.shell[0].content).inputs.cloudWatchEncryptionEnabled && jsondecode(aws_ssm_document.shell[0].content).inputs.cloudWatchLogGroupName == "/bastion/orders/dev/sessions" && jsondecode(aws_ssm_document.shell[0].content).inputs.kmsKeyId == var.kms_key_arn
    error_message = "a shell must stream to the session log and be encrypted with our key"
  }
  assert {
    condition     = aws_ssm_document.shell[0].name == "bastion-orders-dev-shell" && aws_instance.bastion[0].tags["ShellDocument"] == "bastion-orders-dev-shell"
    error_message = "an own document, not the account's SSM-SessionManagerRunShell"
  }
}

run "an_expired_grant_creates_nothing" {
  command = plan

  variables {
    created_at = timeadd(timestamp(), "-3h")
    expires_at = timeadd(timestamp(), "-1h")
  }

  expect_failures = [check.grant_in_force]

  assert {
    condition     = length(aws_instance.bastion) == 0 && length(aws_vpc_security_group_ingress_rule.database) == 0 && !output.is_open
    error_message = "an expired grant must plan as closed"
  }
}

run "long_names_stay_apart" {
  command = plan

  variables {
    environment = "a-very-long-environment-name-of-a-team-with-many-words"
  }

  assert {
    condition     = length(aws_iam_role.end[0].name) <= 64 && length(aws_iam_role.bastion[0].name) == 48
    error_message = "IAM takes 64 characters"
  }
  assert {
    condition     = aws_iam_role.bastion[0].name != "bastion-orders-a-very-long-environment-name-of-a"
    error_message = "cut names must not collide"
  }
}

run "a_person_gets_this_bastion_and_no_other_way" {
  assert {
    condition = jsondecode(output.user_policy_json).Statement == [
      {
        Sid       = "ThisBastion"
        Effect    = "Allow"
        Action    = ["ssm:StartSession"]
        Resource  = ["arn:aws:ec2:eu-west-1:123456789012:instance/i-00000000000000001"]
        Condition = { BoolIfExists = { "ssm:SessionDocumentAccessCheck" = "true" }, StringEquals = { "ssm:resourceTag/RequestedByUserId" = "U12345678" } }
      },
      {
        Sid       = "TheseDocuments"
        Effect    = "Allow"
        Action    = ["ssm:StartSession"]
        Resource  = ["arn:aws:ssm:eu-west-1:123456789012:document/bastion-orders-dev-port"]
        Condition = { BoolIfExists = { "ssm:SessionDocumentAccessCheck" = "true" } }
      },
      {
        Sid       = "OwnSessions"
        Effect    = "Allow"
        Action    = ["ssm:ResumeSession", "ssm:TerminateSession", "ssmmessages:OpenDataChannel"]
        Resource  = ["arn:aws:ssm:*:*:session/$${aws:userid}-*"]
        Condition = { BoolIfExists = { "ssm:SessionDocumentAccessCheck" = "true" } }
      },
      {
        Sid       = "OwnSessionsByTag"
        Effect    = "Allow"
        Action    = ["ssm:ResumeSession", "ssm:TerminateSession"]
        Resource  = ["arn:aws:ssm:*:*:session/*"]
        Condition = { BoolIfExists = { "ssm:SessionDocumentAccessCheck" = "true" }, StringEquals = { "ssm:resourceTag/aws:ssmmessages:session-id" = "$${aws:userid}" } }
      },
      {
        Sid    = "NoOtherDocuments"
        Effect = "Deny"
        Action = ["ssm:StartSession"]
        Resource = [
          "arn:aws:ssm:*::document/AWS-*",
          "arn:aws:ssm:*:*:document/AWS-*",
          "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell",
        ]
      },
    ]
    error_message = "a person's policy is ${coalesce(output.user_policy_json, "null")}"
  }
}

run "a_person_known_to_iam_is_the_only_one" {
  variables {
    user_principal_tag   = "SlackId"
    shell_access_enabled = true
  }

  assert {
    condition     = alltrue([for statement in slice(jsondecode(output.user_policy_json).Statement, 0, 2) : statement.Condition.StringEquals["aws:PrincipalTag/SlackId"] == "U12345678"])
    error_message = "starting a session must ask for the requester's principal tag"
  }
  assert {
    condition     = length(jsondecode(output.user_policy_json).Statement[1].Resource) == 2 && jsondecode(output.user_policy_json).Statement[4].Action == ["kms:GenerateDataKey"]
    error_message = "with shells, their document and the key"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(output.user_policy_json).Statement : statement.Effect == "Deny" || try(statement.Condition.BoolIfExists["ssm:SessionDocumentAccessCheck"] == "true", false)])
    error_message = "every statement that allows must have the document checked"
  }
}

run "the_schedules_role_ends_this_bastion_alone" {
  assert {
    condition = jsondecode(aws_iam_role_policy.end[0].policy).Statement == [
      {
        Sid       = "EndThisBastion"
        Effect    = "Allow"
        Action    = "ec2:TerminateInstances"
        Resource  = "arn:aws:ec2:eu-west-1:123456789012:instance/*"
        Condition = { ArnEquals = { "ec2:InstanceProfile" = "arn:aws:iam::123456789012:instance-profile/bastion-orders-dev" } }
      },
      {
        Sid      = "SayThatItFailed"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = "arn:aws:sqs:eu-west-1:123456789012:bastion-orders-dev-failed-ends"
      },
    ]
    error_message = "the schedule's role is ${aws_iam_role_policy.end[0].policy}"
  }
}
