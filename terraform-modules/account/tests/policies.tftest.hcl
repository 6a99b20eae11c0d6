# Who may do what: the documents as the real provider evaluates them, planned with keys that open nothing. Offline.
# tests/emulator/lifecycle.py evaluates them against tokens and calls.

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  max_retries                 = 1
}

override_data {
  target = data.aws_caller_identity.this
  values = { account_id = "123456789012" }
}

variables {
  regions              = ["eu-west-1"]
  repository           = "acme/infrastructure"
  repository_ids       = { owner = "123456", repository = "456789" }
  service_role_arn     = "arn:aws:iam::210987654321:role/bastion-orchestrator-tools-task"
  external_id          = "acme-bastion"
  create_oidc_provider = false
  kms_key_arn          = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001"
}

run "only_the_workflow_of_the_branch_applies" {
  command = plan

  assert {
    condition = jsondecode(output.trust_policies.apply).Statement == [{
      Sid       = "Apply", Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity",
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      Condition = { StringEquals = {
        "token.actions.githubusercontent.com:aud"              = "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub"              = ["repo:acme/infrastructure:ref:refs/heads/main", "repo:acme@123456/infrastructure@456789:ref:refs/heads/main"],
        "token.actions.githubusercontent.com:job_workflow_ref" = "acme/infrastructure/.github/workflows/apply.yml@refs/heads/main"
      } }
    }]
    error_message = "both forms of the subject, one workflow, one branch: ${output.trust_policies.apply}"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(output.trust_policies.plan).Statement : contains(keys(statement.Condition.StringEquals), "token.actions.githubusercontent.com:job_workflow_ref")])
    error_message = "a pull request takes the plan role only by a workflow of the branch: ${output.trust_policies.plan}"
  }
}

run "a_role_of_ci_takes_the_role_that_it_is_named_for" {
  command = plan

  variables {
    ci_role_arns = { apply = ["arn:aws:iam::210987654321:role/ci-apply"] }
  }

  assert {
    condition = [for statement in jsondecode(output.trust_policies.apply).Statement : statement if statement.Action == "sts:AssumeRole"] == [{
      Sid = "Roles", Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::210987654321:role/ci-apply" }
    }]
    error_message = "the named role, and no other: ${output.trust_policies.apply}"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(output.trust_policies.plan).Statement : statement.Action == "sts:AssumeRoleWithWebIdentity"])
    error_message = "a role for applying does not plan: ${output.trust_policies.plan}"
  }
}

run "only_the_form_with_ids" {
  command = plan

  variables {
    only_ids = true
  }

  assert {
    condition     = jsondecode(output.trust_policies.apply).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:acme@123456/infrastructure@456789:ref:refs/heads/main"
    error_message = "who takes over the name gets no access: ${output.trust_policies.apply}"
  }
}

run "an_environment_instead_of_a_workflow" {
  command = plan

  variables {
    apply_environment = "bastion-apply"
    repository_ids    = null
  }

  assert {
    condition = jsondecode(output.trust_policies.apply).Statement[0].Condition.StringEquals == {
      "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub" = "repo:acme/infrastructure:environment:bastion-apply"
    }
    error_message = "the environment alone: ${output.trust_policies.apply}"
  }
}

run "only_the_service_watches" {
  command = plan

  assert {
    condition = jsondecode(output.trust_policies.watch).Statement == [{
      Sid       = "Service", Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = var.service_role_arn },
      Condition = { StringEquals = { "sts:ExternalId" = "acme-bastion" } }
    }]
    error_message = "the service's role with the external id: ${output.trust_policies.watch}"
  }
}

run "nobody_changes_the_roles_of_ci" {
  command = plan

  assert {
    condition = toset(flatten([for statement in jsondecode(output.policies.apply).Statement : statement.Resource if statement.Effect == "Deny"])) == toset([
      "arn:aws:iam::123456789012:role/bastion-apply", "arn:aws:iam::123456789012:role/bastion-plan", "arn:aws:iam::123456789012:role/bastion-watch"
    ])
    error_message = "the three roles, by name: ${output.policies.apply}"
  }
}

run "roles_are_made_with_the_boundary_alone" {
  command = plan

  variables {
    bastion_permissions_boundary = "arn:aws:iam::123456789012:policy/bastions"
  }

  assert {
    condition     = [for statement in jsondecode(output.policies.apply).Statement : statement.Condition if statement.Sid == "MakeRoles"] == [{ StringEquals = { "iam:PermissionsBoundary" = var.bastion_permissions_boundary } }]
    error_message = "no role without it: ${output.policies.apply}"
  }
}

run "only_encrypted_connections" {
  command = plan

  assert {
    condition = jsondecode(aws_s3_bucket_policy.state.policy).Statement == [{
      Sid       = "OnlyEncryptedConnections", Effect = "Deny", Action = "s3:*", Principal = "*",
      Resource  = ["arn:aws:s3:::bastion-state-123456789012/*", "arn:aws:s3:::bastion-state-123456789012"],
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "TLS for everybody: ${aws_s3_bucket_policy.state.policy}"
  }
}
