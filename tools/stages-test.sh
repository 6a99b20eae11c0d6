#!/usr/bin/env bash
# Tests of stages.sh, with stages that only print, fail or wait for a file.
# shellcheck disable=SC2016 # the scripts under test expand
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

output=
run() { # CODE LINE...: a script of these lines ends with the code; its output is left in a variable
  local code=$1 seen=0
  shift
  rm -f "$scratch/go" "$scratch/pid"
  { printf 'set -euo pipefail\n. "%s/stages.sh"\ncd "%s"\n' "$here" "$scratch" && printf '%s\n' "$waiting" "$@"; } >"$scratch/script.sh"
  output=$(bash "$scratch/script.sh" 2>&1 | sed -E 's/[0-9]+ s\b/N s/'; exit "${PIPESTATUS[0]}") || seen=$?
  [ "$seen" = "$code" ] || output="exit $seen instead of $code: $output"
}

is() { # NAME EXPECTED: the last output is as expected
  if [ "$output" = "$2" ]; then
    passed=$((passed + 1)) && echo "ok   $1"
  else
    failed=$((failed + 1)) && printf 'FAIL %s: is\n%s\nmust be\n%s\n' "$1" "$output" "$2"
  fi
}

# What stages wait for: a file that another one writes, and the end of a stage beside.
waiting='awaits() { until [ -s "$1" ]; do sleep 0.02; done; }
awaits_end() { until [ -n "$(find "$stages_scratch" -name "*.end")" ]; do sleep 0.02; done; }
talks() { echo a; awaits go; echo b; }
lets_it_talk() { echo 1; echo now >go; awaits_end; echo 2; }
fails_at_once() { echo why; return 3; }
fails_later() { echo why; awaits go; return 3; }
has_a_child() { bash -c "trap \"sleep 0.5; echo cleaned up >left; exit\" TERM; echo \$\$ >pid; sleep 600 & wait" & wait; }
fails_beside_it() { awaits pid; echo bad; return 7; }
fails_too() { awaits_end; return 7; }'

run 0 'stage one echo 1' 'stage two echo 2' 'join'
is 'stages run one after the other' '
== one
1
== one: passed in N s

== two
2
== two: passed in N s'

run 0 'beside other talks' 'stage one lets_it_talk' 'join'
is 'the output of a stage beside is shown as a whole' '
== other: started beside the next stages

== one
1
2
== one: passed in N s

== other
a
b
== other: passed in N s, beside other stages'

run 1 'beside other fails_at_once' 'stage one awaits_end' 'stage two echo 2' 'join'
is 'a failure beside ends the check after the stage that runs' '
== other: started beside the next stages

== one
== one: passed in N s

== other
why
== other: FAILED after N s
== FAILED: other'

run 1 'beside other fails_later' 'stage one true' 'echo now >go' 'join' 'echo not reached'
is 'a failure that is seen at the join ends the check' '
== other: started beside the next stages

== one
== one: passed in N s

== other
why
== other: FAILED after N s
== FAILED: other'

run 1 'beside other has_a_child' 'stage one fails_beside_it' 'echo not reached'
is 'a failure stops what runs beside and is named last' '
== other: started beside the next stages

== one
bad
== one: FAILED after N s
== other: stopped
== FAILED: one'
output=$(cat "$scratch/left" 2>&1; kill -0 "$(cat "$scratch/pid")" 2>/dev/null && echo 'still there') || true
is 'after the processes that it started have cleaned up' 'cleaned up'

run 1 'beside other fails_at_once' 'stage one fails_too' 'join'
is 'two failures are both shown and named' '
== other: started beside the next stages

== one
== one: FAILED after N s

== other
why
== other: FAILED after N s
== FAILED: one
== FAILED: other'

run 0 'beside a echo 1' 'beside b echo 2' 'join' 'beside c echo 3' 'join' 'stage d echo 4'
is 'several stages beside are shown in their order' '
== a: started beside the next stages

== b: started beside the next stages

== a
1
== a: passed in N s, beside other stages

== b
2
== b: passed in N s, beside other stages

== c: started beside the next stages

== c
3
== c: passed in N s, beside other stages

== d
4
== d: passed in N s'

echo "stages: $passed passed, $failed failed"
[ "$failed" = 0 ]
