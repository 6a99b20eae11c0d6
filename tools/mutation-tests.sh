#!/usr/bin/env bash
# Changes the rules one condition, number and call at a time (pitest) and fails when no unit test notices a change, unless
# src/test/mutation/accepted.txt of its module names it with a reason. Reports: target/pit-reports/index.html of a module.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

modules=(access layout)

rm -rf "${modules[@]/%//target/pit-reports}"
./mvnw -Pmutation -pl "$(IFS=,; echo "${modules[*]}")" -am test
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp access/target/test-classes dev.bastion.access.mutation.MutationCheck "${modules[@]}"
