#!/usr/bin/env bash
# Real Terragrunt on the environments, against the emulator that AWS_ENDPOINT_URL names. Run by test.sh in a copy of the
# repository, which it makes a repository of its own (the environment files find the modules by get_repo_root).
set -euo pipefail

export TG_TF_PATH=${TERRAFORM:-terraform} TG_NON_INTERACTIVE=true TG_NO_COLOR=true
root=$PWD
step() { printf '\n--- %s\n' "$*"; }

expect() { # EXIT-CODE COMMAND...
  local wanted=$1 got=0
  shift
  "$@" || got=$?
  [ "$got" = "$wanted" ] || { echo "$*: exit code $got, expected $wanted"; exit 1; }
}

commit_here() {
  git init -q .
  git add -A
  git -c user.name=test -c user.email=test@example.invalid commit -q -m "environments"
}

create_state_bucket() { # first: Terragrunt's own bootstrap puts a policy on it that the emulator refuses everything for
  "${BASTION_MOTO:-python3}" -c '
import boto3, re
bucket = re.search(r"state_bucket\s*=\s*\"(.*)\"", open("environments/root.hcl").read())[1]
boto3.client("s3", region_name="eu-west-1").create_bucket(
    Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})'
}

open_file() { # FILE: what the service writes
  local now end
  now=$(date -u +%FT%TZ) end=$(date -u -d '+2 hours' +%FT%TZ)
  sed -i -e 's/\(deploy_bastion  *= \)0/\11/' -e 's/\(requested_by_user_id  *= \)""/\1"U12345678"/' \
    -e "s/\(created_at  *= \)\"\"/\1\"$now\"/" -e "s/\(expires_at  *= \)\"\"/\1\"$end\"/" "$1"
}

commit_here
create_state_bucket

step "an environment with literal ids plans, closed, with nothing applied before"
cd "$root/environments/dev/bastion"
expect 2 terragrunt plan -detailed-exitcode

step "an environment with a dependency plans on mocks"
mkdir -p "$root/environments/example/bastion"
cp "$root/terraform-modules/bastion/examples/terragrunt-dependency/terragrunt.hcl" "$root/environments/example/bastion/"
cd "$root/environments/example/bastion"
expect 2 terragrunt plan -detailed-exitcode

step "an apply never sees the mocks"
expect 1 terragrunt apply -auto-approve

step "the prerequisites"
(cd "$root/environments/shared/prerequisites" && terragrunt apply -auto-approve)

step "open on the applied prerequisites, and the second plan is empty"
open_file terragrunt.hcl
terragrunt apply -auto-approve
expect 0 terragrunt plan -detailed-exitcode

step "closed, the second plan is empty too"
cp "$root/terraform-modules/bastion/examples/terragrunt-dependency/terragrunt.hcl" .
terragrunt apply -auto-approve
expect 0 terragrunt plan -detailed-exitcode
terragrunt state list | tee state
if grep -q aws_instance state; then echo "an instance is left in state"; exit 1; fi
