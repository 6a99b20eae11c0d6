#!/usr/bin/env bash
# Runs every check, the cheapest first. `./bastion verify` calls this. The Java tests and the demo wait more than they compute,
# so what computes runs beside them; what uses Maven's output starts after Maven.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/stages.sh

stage 'tools' ./bastion tools
stage 'names in the documents' docs/check.sh
stage 'linters' tools/static-checks.sh
stage 'the timer in the guest' terraform-modules/bastion/guest/test.sh
beside 'the Terraform modules' ./bastion modules
stage 'formatting, compiler, tests' ./mvnw -Pverify,sbom verify
stage 'the policy' ./bastion policy check
stage 'policy tests' ./bastion policy test --all
beside 'mutation tests of the rules' tools/mutation-tests.sh
stage 'the image, without Docker' docker/test.sh
stage 'the demo' ./bastion demo
join
printf '\n== every check passed in %s s\n' "$SECONDS"
