#!/usr/bin/env bash
# Tests of drift.sh, with a launcher, an aws and a gh that answer what a test wants.
set -euo pipefail
tool=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/drift.sh
passed=0 failed=0

fake() { printf '#!/usr/bin/env bash\n%s\n' "$2" >"$world/bin/$1" && chmod +x "$world/bin/$1"; }

# The fakes answer what stands in files; when git fetches, what comes afterwards (later/) takes its place.
world() {
  world=$(mktemp -d)
  mkdir -p "$world/bin" "$world/now" "$world/later"
  fake launcher "cp '$world/now/result' \"\$4\"; exit \$(cat '$world/now/code')"
  fake aws "cat '$world/now/instances'"
  fake gh "if [ \"\$2\" = list ]; then cat '$world/open'; else echo \"\$*\" >>'$world/opened'; fi"
  fake git "[ \"\$1\" != fetch ] || cp -r '$world/later/.' '$world/now'"
  : >"$world/open"
  : >"$world/opened"
}

plans() { # WHEN CODE ACTION CHANGE...: at that time a plan of these changes, each "destroy address"
  local when=$1 code=$2 action=$3
  shift 3
  echo "$code" >"$world/$when/code"
  printf '%s\n' "$@" | jq -R 'select(. != "") | split(" ") | {action: .[0], address: .[1]}' | jq -s --arg action "$action" \
    '{action: $action, changes: ., summary: "something", message: null, objections: []}' >"$world/$when/result"
}
shows() { # WHEN INSTANCE...
  local when=$1
  shift
  printf '%s\n' "$@" | jq -R 'select(. != "") | {InstanceId: .}' | jq -s '{Reservations: [{Instances: .}]}' >"$world/$when/instances"
}
both() { "$1" now "${@:2}" && "$1" later "${@:2}"; }

ends_with() { # NAME CODE TEXT ISSUES
  local code=0 said
  said=$(PATH="$world/bin:$PATH" BASTION_LAUNCHER=$world/bin/launcher BASTION_DRIFT_PATIENCE=0 "$tool" prod/orders 2>&1) || code=$?
  if [ "$code" = "$2" ] && grep -qF -- "$3" <<<"$said" && [ "$(grep -c 'issue create' "$world/opened")" = "$4" ]; then
    passed=$((passed + 1)) && echo "ok   $1"
  else
    failed=$((failed + 1)) && echo "FAIL $1: exit $code, $said, $(cat "$world/opened")"
  fi
  rm -rf "$world"
}

world; both plans 0 close ''; both shows ''
ends_with 'closed, and nothing there' 0 'is as its file says' 0
world; both plans 0 open ''; both shows i-1
ends_with 'open, and its bastion there' 0 'is as its file says' 0
world; both plans 0 close ''; both shows i-1
ends_with 'a bastion nobody granted' 1 'INCIDENT prod/orders: i-1 is there' 1
world; both plans 0 close ''; both shows i-1; echo 'Bastion without a grant: prod/orders' >"$world/open"
ends_with 'told once' 1 INCIDENT 0
world; both plans 0 close 'destroy module.bastion.aws_instance.bastion[0]'; both shows ''
ends_with 'left in the state' 1 "state still has module.bastion.aws_instance.bastion[0]" 1
world; both plans 0 open 'create module.bastion.aws_instance.bastion[0]'; both shows ''
ends_with 'granted and not there' 1 'DRIFT prod/orders: an apply would change it' 0
world; both plans 1 unknown ''; both shows ''
ends_with 'cannot be planned' 1 'DRIFT prod/orders: it could not be planned' 0
world; plans now 0 close ''; shows now i-1; plans later 0 open ''; shows later i-1
ends_with 'granted while it looked' 0 'is as its file says' 0
world; plans now 0 close 'destroy x'; shows now i-1; plans later 0 close ''; shows later ''
ends_with 'just closing' 0 'is as its file says' 0

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
