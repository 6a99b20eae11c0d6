#!/usr/bin/env bash
# The checksums of the providers that the modules are tested with.
#
#   lock.sh                 writes terraform-modules/providers.lock.hcl, which test.sh puts where it runs Terraform
#   lock.sh DIRECTORY...    writes .terraform.lock.hcl there, like environments/dev/bastion: `bastion apply` then takes no other
#                           provider, with either driver
#
# Asks the registry for every platform below. With BASTION_PROVIDER_MIRROR, a directory that holds registry.terraform.io, only
# for linux_amd64: what a mirror of that platform has.
set -euo pipefail

modules=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

platforms=(linux_amd64 linux_arm64 darwin_amd64 darwin_arm64)
from=()
if [ -n "${BASTION_PROVIDER_MIRROR:-}" ]; then
  platforms=(linux_amd64)
  from=("-fs-mirror=$BASTION_PROVIDER_MIRROR")
fi
cp "$modules/bastion/versions.tf" "$scratch/"
(cd "$scratch" && "${TERRAFORM:-terraform}" providers lock -no-color "${from[@]}" "${platforms[@]/#/-platform=}")

[ $# -gt 0 ] || cp "$scratch/.terraform.lock.hcl" "$modules/providers.lock.hcl"
for directory in "$@"; do
  cp "$scratch/.terraform.lock.hcl" "$directory/.terraform.lock.hcl"
done
