#!/usr/bin/env bash
# Runs every check, the cheapest first. `./bastion verify` calls this. The Java tests wait more than they compute, so the
# modules run beside them; what uses Maven's output starts after Maven; and the demo, which shows how punctual the service is,
# runs alone.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/stages.sh
# Terraform starts its provider for each command: collecting its garbage less often saves a fifth of the processor time.
export GOGC=${GOGC:-400}

stage 'tools' ./bastion tools
stage 'names in the documents' docs/check.sh
stage 'linters' tools/static-checks.sh
stage 'the timer in the guest' terraform-modules/bastion/guest/test.sh
beside 'the Terraform modules' ./bastion modules
stage 'formatting, compiler, tests' ./mvnw -Pverify,sbom verify
# Four fixed seeds and two new ones, which are printed. The second compiler would take longer than it saves.
stage 'the simulation' env BASTION_JIT_LEVEL=1 ./bastion simulate --fixed --operations 1500
stage 'the policy' ./bastion policy check
stage 'policy tests' ./bastion policy test --all
beside 'mutation tests of the rules' tools/mutation-tests.sh
stage 'the image, without Docker' docker/test.sh
stage 'the image for CI, without Docker' docker/ci-test.sh
stage 'the release, without publishing it' tools/release.py --dry-run --built
join
stage 'the demo' ./bastion demo
printf '\n== every check passed in %s s\n' "$SECONDS"
