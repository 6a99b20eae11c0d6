#!/usr/bin/env bash
# Tests the contents of the image for CI without Docker: docker/ci-test.sh
# Links the command line as docker/ci.Dockerfile does, and runs it on a ledger with the image's variables. Needs a built cli/,
# Terraform, Node, git and a mirror of the providers (BASTION_PROVIDER_MIRROR). What only a build can show: the base images, Debian's
# packages, Terraform and Terragrunt from source, and the download of the providers.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$here/link-ci.sh" "$scratch/opt"
terraform=$(command -v terraform)

named=$(grep -oE '"purl" *: *"pkg:maven/[^"?]+' "$scratch/opt/sbom.json" | sed -E 's#.*/([^/@]+)@#\1-#' | sort -u)
present=$(find "$scratch/opt/app/lib" -name '*.jar' -printf '%f\n' | sed -E 's/(-linux-[a-z0-9_]+)?\.jar$//' | sort -u)
unnamed=$(comm -13 <(printf '%s\n' "$named") <(printf '%s\n' "$present"))
[ -z "$unnamed" ] || { printf 'FAIL the bill of materials (sbom.json) does not name:\n%s\n' "$unnamed"; exit 1; }
echo "ok   the bill of materials names each of the $(wc -l <<<"$present") jars"

"$here/mirror-providers.sh" "$terraform" "$scratch/providers" "${BASTION_PROVIDER_MIRROR:?}" >"$scratch/log" ||
  { cat "$scratch/log"; exit 1; }
echo "ok   the providers have the checksums of docker/providers"
provider=$(find "$scratch/providers" -type f -name 'terraform-provider-*' | head -n 1)
printf x >>"$provider"
if "$here/mirror-providers.sh" "$terraform" "$scratch/changed" "$scratch/providers" >"$scratch/log" 2>&1; then
  echo "FAIL a provider with another byte passes"
  exit 1
fi
grep -q 'is not the one that' "$scratch/log" || { cat "$scratch/log"; exit 1; }
echo "ok   one with another byte is refused"

# A ledger whose push changes nothing that is applied: the run ends without Terraform, credentials or network.
git init -q -b main "$scratch/origin"
cd "$scratch/origin"
mkdir -p environments
echo 'locals {}' >environments/root.hcl
git add -A
git -c user.name=x -c user.email=x@example.com -c commit.gpgsign=false commit -qm first
git clone -q "$scratch/origin" "$scratch/clone"
cd "$scratch/clone"
in_image() {
  env -i HOME="$scratch" PATH="$(dirname "$terraform"):/usr/bin:/bin" BASTION_PROVIDER_MIRROR=/opt/providers "$scratch/opt/bin/bastion" "$@"
}
said=$(in_image apply --changed "$(printf '0%.0s' {1..40})..HEAD" --branch main --result "$scratch/result.json") ||
  { printf 'FAIL %s\n' "$said"; exit 1; }
grep -q 'nothing to do' <<<"$said" || { printf 'FAIL %s\n' "$said"; exit 1; }
grep -q '"exitCode" : 0' "$scratch/result.json" || { echo "FAIL the result file:"; cat "$scratch/result.json"; exit 1; }
echo "ok   a push without environments ends with nothing to do"
if in_image apply --changed a..b --branch none >"$scratch/log" 2>&1; then echo "FAIL a branch that is not there passes"; exit 1; fi
echo "ok   and one of a branch that is not there fails"
