# What a caller gets wrong is said at plan, with the form.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  regions          = ["eu-west-1"]
  repository       = "acme/infrastructure"
  service_role_arn = "arn:aws:iam::210987654321:role/bastion-orchestrator-tools-task"
  external_id      = "acme-bastion"
}

run "a_repository_with_a_wildcard" {
  command         = plan
  expect_failures = [var.repository]
  variables {
    repository = "acme/*"
  }
}

run "a_branch_with_a_wildcard" {
  command         = plan
  expect_failures = [var.branch]
  variables {
    branch = "*"
  }
}

run "an_environment_with_a_wildcard" {
  command         = plan
  expect_failures = [var.apply_environment, var.plan_environment]
  variables {
    apply_environment = "*"
    plan_environment  = "prod-?"
  }
}

run "ids_that_are_none" {
  command         = plan
  expect_failures = [var.repository_ids]
  variables {
    repository_ids = { owner = "*", repository = "456789" }
  }
}

run "only_ids_without_ids" {
  command         = plan
  expect_failures = [var.only_ids]
  variables {
    only_ids = true
  }
}

run "everybody_as_the_service" {
  command         = plan
  expect_failures = [var.service_role_arn]
  variables {
    service_role_arn = "arn:aws:iam::210987654321:root"
  }
}

run "everybody_as_a_role_of_ci" {
  command         = plan
  expect_failures = [var.ci_role_arns]
  variables {
    ci_role_arns = { apply = ["*"] }
  }
}

run "no_external_id" {
  command         = plan
  expect_failures = [var.external_id]
  variables {
    external_id = ""
  }
}

run "a_path_without_slashes" {
  command         = plan
  expect_failures = [var.iam_path]
  variables {
    iam_path = "teams"
  }
}

run "no_region" {
  command         = plan
  expect_failures = [var.regions]
  variables {
    regions = []
  }
}

run "a_workflow_repository_with_a_wildcard" {
  command         = plan
  expect_failures = [var.workflow_repository]
  variables {
    workflow_repository = "*/*"
  }
}
