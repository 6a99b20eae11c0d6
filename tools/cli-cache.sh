#!/usr/bin/env bash
# Makes the command line start faster: cli-cache.sh JAR DIRECTORY-OF-LIBRARIES DESTINATION JAVA-OPTION...
#   DESTINATION/bastion-cli.jar  and
#   DESTINATION/lib              the same jars, without signatures: Java caches no class of a signed jar
#   DESTINATION/app.aot          the cache of loaded classes (JDK 25, JEP 483 and 514) of a question of an audit
# Java uses the cache with this JDK, these jars at this place and these options, and ignores it otherwise. Needs a JDK 25 in
# JAVA_HOME, and git.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$1 libraries=$2 destination=$3
shift 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

rm -rf "$destination"
mkdir -p "$destination/lib"
for file in "$jar" "$libraries"/*.jar; do
  place=$destination/lib/$(basename "$file")
  if [ "$file" = "$jar" ]; then place=$destination/bastion-cli.jar; fi
  ln "$file" "$place" 2>/dev/null || cp -p "$file" "$place"
done
"$here/unsign-jars.sh" "$destination/lib"

# A ledger with one grant: every kind of entry that most of a history has.
file=$scratch/ledger/environments/dev/bastion/terragrunt.hcl
mkdir -p "$(dirname "$file")"
ledger() {
  HOME="$scratch" GIT_CONFIG_NOSYSTEM=1 git -C "$scratch/ledger" -c user.name=bastion -c user.email=bastion@example.com \
    -c commit.gpgsign=false "$@"
}
write() { # DEPLOY ID NAME CREATED EXPIRES
  printf 'inputs = {\n  deploy_bastion        = %s\n  requested_by_user_id  = "%s"\n  requested_by_username = "%s"\n' "$1" "$2" "$3" >"$file"
  printf '  created_at            = "%s"\n  expires_at            = "%s"\n}\n' "$4" "$5" >>"$file"
  ledger add -A
}
entry() { # ACTION TRAILER...
  local action=$1
  shift
  ledger commit -q --allow-empty -m "bastion(dev): $action for john.doe" -m "An example." -m "$(printf '%s\n' "Bastion-Action: $action" \
    "Bastion-Environment: dev" "Bastion-Request-Id: WWGYKXBZB945FAH2" "Requested-By: john.doe <U12345678>" "$@")"
}
ledger init -q -b main
cp "$here"/../environments/*.yaml "$scratch/ledger/environments"
write 0 "" "" "" ""
ledger commit -q -m "The environments"
from=2026-01-15T10:30:00Z
to=2026-01-15T11:30:00Z
write 1 U12345678 john.doe "$from" "$to"
entry open "Reason: INC-12 slow query" "Created-At: $from" "Expires-At: $to"
entry ready "Observed-At: 2026-01-15T10:31:00Z" "Instance: i-0123456789abcdef0" "Region: eu-west-1" "After-Opening: PT60S"
write 0 "" "" "" ""
entry expire "Created-At: $from" "Expires-At: $to" "Ended-At: 2026-01-15T11:30:02Z" "Reverts: $(ledger rev-parse HEAD~1)"
entry gone "Observed-At: 2026-01-15T11:32:00Z" "Gone-By: service"
entry sessions "Observed-At: 2026-01-15T11:32:00Z" "Sessions-Total: 0" "Complete: yes"

# The first question writes an index. The second one reads it; at its end Java writes the cache.
question() {
  "$JAVA_HOME/bin/java" "$@" -cp "$destination/bastion-cli.jar:$destination/lib/*" dev.bastion.cli.Main \
    audit grants --csv --repository "$scratch/ledger" --index-key "$scratch/index.key"
}
question "$@" >"$scratch/first"
grep -q '2026-01-15T11:32:00Z,gone' "$scratch/first" || { echo "cli-cache.sh: the example has no grant:" && cat "$scratch/first" && exit 1; }
question "$@" -XX:AOTCacheOutput="$destination/app.aot"
[ -s "$destination/app.aot" ]
