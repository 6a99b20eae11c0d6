#!/usr/bin/env bash
# Checks that an environment is as its file says: drift.sh ENVIRONMENT
#
# It asks Terraform (a plan) and AWS (instances tagged ManagedBy=bastion). A bastion that exists without a grant in the file is
# an incident: it opens an issue, unless one is open. Because a grant may be opening or closing at this moment, it repeats a
# check that failed after BASTION_DRIFT_PATIENCE seconds (600), on the branch as it is then. Exits 1 for an incident and for any
# other drift. Needs aws, gh and jq, and credentials that read.
set -euo pipefail
environment=${1:?ENVIRONMENT is missing}
patience=${BASTION_DRIFT_PATIENCE:-600}
launcher=${BASTION_LAUNCHER:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/bastion}
result=$(mktemp)
trap 'rm -f "$result"' EXIT

instances() {
  aws ec2 describe-instances --output json --filters \
    Name=tag:ManagedBy,Values=bastion "Name=tag:Environment,Values=${environment//\//-}" \
    Name=instance-state-name,Values=pending,running,stopping,stopped |
    jq -r '[.Reservations[].Instances[].InstanceId] | join(", ")'
}

# look: sets incident or drift to what is wrong, both empty when all is well
look() {
  local code=0 seen state
  incident='' drift=''
  "$launcher" plan "environments/$environment/bastion" --result "$result" || code=$?
  if ! jq -e .action "$result" >/dev/null 2>&1; then
    drift="it could not be planned (exit $code)"
    return
  fi
  if [ "$(jq -r .action "$result")" = close ]; then
    seen=$(instances)
    state=$(jq -r '[.changes[] | select(.action == "destroy") | .address] | join(", ")' "$result")
    if [ -n "$seen" ]; then incident="$seen is there, and the file grants nothing."; fi
    if [ -n "$state" ]; then incident="$incident Terraform's state still has $state, and the file grants nothing."; fi
  fi
  if [ "$code" != 0 ]; then
    drift="it could not be planned: $(jq -r '[.message // empty, .objections[]] | join("; ")' "$result")"
  elif [ "$(jq '.changes | length' "$result")" != 0 ]; then
    drift="an apply would change it: $(jq -r .summary "$result")"
  fi
}

tell() { # INCIDENT: once
  local title="Bastion without a grant: $environment"
  if ! gh issue list --state open --limit 200 --json title --jq '.[].title' | grep -qxF "$title"; then
    gh issue create --title "$title" --body "$1

See docs/runbook.md, \"A bastion lingers\"." >/dev/null
  fi
}

look
if [ -n "$incident$drift" ]; then
  echo "$environment: ${incident:-$drift} Looking again in $patience s."
  sleep "$patience"
  git fetch --quiet origin "${GITHUB_REF_NAME:-main}"
  git checkout --quiet --detach FETCH_HEAD
  look
fi
if [ -n "$incident" ]; then
  tell "$incident"
  echo "INCIDENT $environment: $incident"
  exit 1
fi
if [ -n "$drift" ]; then
  echo "DRIFT $environment: $drift"
  exit 1
fi
echo "$environment is as its file says"
