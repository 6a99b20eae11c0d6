#!/usr/bin/env bash
# Tests of changed-environments.sh, on a repository made for them.
set -euo pipefail
tool=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/changed-environments.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
passed=0 failed=0

is() { # WHAT SEEN WANTED
  if [ "$2" = "$3" ]; then passed=$((passed + 1)) && echo "ok   $1"; else failed=$((failed + 1)) && echo "FAIL $1: $2, not $3"; fi
}
write() { mkdir -p "$(dirname "$1")" && echo "$RANDOM$RANDOM" >>"$1"; }
commit() { git add -A && git -c user.name=t -c user.email=t@example.invalid commit -qm "$1" && git rev-parse HEAD; }

git init -q .
for name in dev staging prod/orders; do write "environments/$name/bastion/terragrunt.hcl"; done
write environments/root.hcl
first=$(commit first)
write environments/dev/bastion/terragrunt.hcl
second=$(commit second)
write environments/prod/orders/bastion/terragrunt.hcl
write environments/access-policy.yaml
third=$(commit third)
git rm -q environments/staging/bastion/terragrunt.hcl
write "environments/\$(id)/bastion/terragrunt.hcl"
fourth=$(commit fourth)

is 'one commit, one environment' "$("$tool" "$first" "$second")" '["dev"]'
is 'a push of several commits' "$("$tool" "$first" "$third")" '["dev","prod/orders"]'
is 'a file that is no environment' "$("$tool" "$second" "$third")" '["prod/orders"]'
is 'nothing changed' "$("$tool" "$third" "$third")" '[]'
is 'removed, and a name that is none' "$("$tool" "$third" "$fourth")" '[]'
is 'a branch that is new' "$("$tool" 0000000000000000000000000000000000000000 "$third")" '["dev","prod/orders","staging"]'
is 'a branch that was rewritten' "$("$tool" 1234567890123456789012345678901234567890 "$third")" '["dev","prod/orders","staging"]'
is 'all of them' "$("$tool" --all "$first")" '["dev","prod/orders","staging"]'
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
