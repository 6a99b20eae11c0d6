#!/usr/bin/env bash
# Prints the environments that a push or a pull request changes, as a JSON list of names: changed-environments.sh BEFORE AFTER
# With --all AFTER: every environment. Run it in a clone that has both commits.
#
# A push may carry several commits, so the difference between the old and the new head counts. An environment whose file was
# removed is left out: there is no file to apply. With an unknown BEFORE (a new branch, a rewritten one) the difference is
# unknown, so it prints every environment.
set -euo pipefail

environments() { sed -nE 's|^environments/(.+)/bastion/terragrunt\.hcl$|\1|p' | sort -u; }

json() { # of names, which are letters, digits, "-", "_", "." and "/"; anything else is no environment's name
  awk 'BEGIN { printf "[" } /^[A-Za-z0-9._\/-]+$/ { printf "%s\"%s\"", (n++ ? "," : ""), $0 } END { print "]" }'
}

every() { git ls-tree -r --name-only "$1" -- environments/ | environments | json; }

before=${1:?BEFORE is missing}
after=${2:?AFTER is missing}
if [ "$before" = --all ] || ! git cat-file -e "$before^{commit}" 2>/dev/null; then
  every "$after"
else
  git diff --name-only --no-renames --diff-filter=d "$before" "$after" -- environments/ | environments | json
fi
