#!/usr/bin/env bash
# Runs every check, the cheapest first. `./bastion verify` calls this.
set -euo pipefail
cd "$(dirname "$0")/.."

stage() {
  local name=$1 start=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  "$@" || { printf '== %s: FAILED after %s s\n' "$name" $((SECONDS - start)); exit 1; }
  printf '== %s: passed in %s s\n' "$name" $((SECONDS - start))
}

stage 'tools' ./bastion tools
stage 'names in the documents' docs/check.sh
stage 'linters' tools/static-checks.sh
stage 'the timer in the guest' terraform-modules/bastion/guest/test.sh
stage 'the Terraform modules' ./bastion modules
stage 'formatting, compiler, tests' ./mvnw -Pverify,sbom verify
stage 'mutation tests of the rules' tools/mutation-tests.sh
stage 'the policy' ./bastion policy check
stage 'policy tests' ./bastion policy test --all
stage 'the image, without Docker' docker/test.sh
stage 'the demo' ./bastion demo
