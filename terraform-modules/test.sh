#!/usr/bin/env bash
# The modules' tests, a line per suite. Works on a copy: nothing is left in the source tree.
#
#   test.sh              everything
#   test.sh fast         formatting, validation, terraform test: offline, a minute or two
#   test.sh tofu         validation and tofu test: the same tests with OpenTofu (1.11 or later), offline
#   test.sh emulator     whole lives on the AWS emulator, with real Terraform and real Terragrunt
#   test.sh mutations    breaks the modules in ways that rules find, and sees a test turn red (not part of everything): five
#                        minutes of mutants drawn by a seed, or "test.sh mutations --all"; see mutations.py
#
# BASTION_MOTO             a python that can import moto 5.2.1 and boto3 (default: python3)
# BASTION_PROVIDER_MIRROR  a directory that holds registry.terraform.io; without it providers come from the registry
# BASTION_TOOLS            where providers from the registry are kept between runs
# TERRAFORM                the executable, terraform (default) or tofu: "TERRAFORM=tofu test.sh emulator" plays with OpenTofu
# What a suite printed is shown when it fails. A missing tool is a failure.
# shellcheck disable=SC2317  # the functions that suite and trap call by name
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$here")
kind=${1:-all}
export TERRAFORM=${TERRAFORM:-terraform}
python=${BASTION_MOTO:-python3}
shim=$repository/sandbox/src/main/resources/emulator/moto_shim.py

scratch=$(mktemp -d)
emulator=
lane=
failed=0
cleanup() {
  [ -z "$emulator" ] || kill "$emulator" 2>/dev/null || true
  [ -z "$lane" ] || kill "$lane" 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT

need() { # EXECUTABLE HOW-TO-INSTALL
  command -v "$1" >/dev/null || { echo "test.sh: $1 is missing: $2" >&2; exit 2; }
}

suite() { # NAME COMMAND...: one line, and everything it said when it fails. In a condition bash does not stop at what
  # fails, so a function given here chains its steps with "&&".
  local name=$1 start=$SECONDS log=$scratch/suite.log
  shift
  if ("$@") >"$log" 2>&1; then
    printf 'passed  %-52s %4s s\n' "$name" $((SECONDS - start))
    grep -E '^  [a-z].* \([0-9.]+ s\)$' "$log" || true
  else
    printf 'FAILED  %-52s %4s s\n' "$name" $((SECONDS - start))
    sed 's/^/  | /' "$log"
    failed=1
  fi
}

# ---- a copy to work in, and a CLI configuration of our own -----------------------------------------------------------
copy_sources() {
  mkdir -p "$scratch/repository"
  tar -C "$repository" --exclude=.terraform --exclude='*.tfstate*' --exclude=.terragrunt-cache -cf - terraform-modules environments |
    tar -C "$scratch/repository" -xf -
  cd "$scratch/repository"
}

# In every directory where Terraform runs. OpenTofu's registry has other names, and another platform needs its own checksums.
lock_providers() {
  local directory
  [ "$(basename "$TERRAFORM")" = terraform ] || return 0
  [ "$(uname -sm)" = "Linux x86_64" ] || grep -q zh: terraform-modules/providers.lock.hcl || return 0
  while read -r directory; do
    cp terraform-modules/providers.lock.hcl "$directory/.terraform.lock.hcl"
  done < <(grep -rl --include='*.tf' 'required_providers' terraform-modules | xargs -n 1 dirname | sort -u)
}

tofu_mirror() { # OpenTofu asks for the same providers under its own registry's name
  local package
  for package in "$BASTION_PROVIDER_MIRROR"/registry.terraform.io/hashicorp/*/*/*; do
    mkdir -p "$scratch/mirror/registry.opentofu.org/$(dirname "${package#*registry.terraform.io/}")"
    ln -sfn "$package" "$scratch/mirror/registry.opentofu.org/${package#*registry.terraform.io/}"
  done
  echo "$scratch/mirror"
}

configure() { # terraform|tofu: from here on, a CLI configuration of our own
  export TF_CLI_CONFIG_FILE=$scratch/$1.rc TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
  unset TF_PLUGIN_CACHE_DIR
  if [ -n "${BASTION_PROVIDER_MIRROR:-}" ]; then
    local mirror=$BASTION_PROVIDER_MIRROR
    [ "$1" = terraform ] || mirror=$(tofu_mirror)
    printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' "$mirror" >"$TF_CLI_CONFIG_FILE"
    echo "$1: providers from the mirror $BASTION_PROVIDER_MIRROR"
  else
    export TF_PLUGIN_CACHE_DIR=${BASTION_TOOLS:-$scratch}/plugin-cache TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE=1
    mkdir -p "$TF_PLUGIN_CACHE_DIR"
    : >"$TF_CLI_CONFIG_FILE"
    echo "$1: providers from the registry, kept in $TF_PLUGIN_CACHE_DIR"
  fi
}

# Keys that open nothing, and no address: whatever still asks AWS fails.
without_aws() {
  unset AWS_PROFILE AWS_ENDPOINT_URL
  export AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_REGION=eu-west-1 AWS_EC2_METADATA_DISABLED=true
}

# ---- the fast suites -------------------------------------------------------------------------------------------------
validate() { # DIRECTORY
  cd "$1" && "$TERRAFORM" init -backend=false -input=false -no-color && "$TERRAFORM" validate -no-color
}

terraform_tests() { # MODULE
  cd "$1" && "$TERRAFORM" init -backend=false -input=false -no-color >/dev/null && "$TERRAFORM" test -no-color
}

# In the module's directory as it was: what Terraform left there names its own registry.
tofu_tests() { # MODULE
  cd "$1" && rm -rf .terraform .terraform.lock.hcl && tofu init -backend=false -input=false -no-color >/dev/null &&
    tofu validate -no-color && tofu test -no-color
}

fast() {
  local directory
  suite "formatting of modules" "$TERRAFORM" fmt -check -diff -recursive -no-color terraform-modules
  suite "READMEs say what the code says" "$python" terraform-modules/readme.py check
  suite "formatting of environments" terragrunt hcl format --check --working-dir environments
  for directory in terraform-modules/*/ terraform-modules/*/examples/*/; do
    [ -n "$(find "$directory" -maxdepth 1 -name '*.tf')" ] || continue
    suite "validate ${directory%/}" validate "$directory"
  done
  suite "modules plan what is recorded" "$python" terraform-modules/plans.py check
  for directory in terraform-modules/*/; do
    suite "terraform test $(basename "$directory")" terraform_tests "$directory"
  done
}

with_tofu() {
  local directory
  without_aws
  configure tofu
  tofu version -no-color | sed -n 1p
  for directory in terraform-modules/*/; do
    suite "tofu test $(basename "$directory")" tofu_tests "$directory"
  done
}

# ---- the emulator ----------------------------------------------------------------------------------------------------
start_emulator() {
  "$python" "$shim" --agent-delay-seconds 2 --guest-timer --with-parent >"$scratch/emulator.out" 2>"$scratch/emulator.err" &
  emulator=$!
  local tries=0
  until grep -q '^ready ' "$scratch/emulator.out"; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 "$emulator" 2>/dev/null; then
      echo "test.sh: the emulator does not start: $(tail -n 5 "$scratch/emulator.err")" >&2
      exit 2
    fi
    sleep 0.2
  done
  AWS_ENDPOINT_URL=$(sed -n 's/^ready //p' "$scratch/emulator.out")
  export AWS_ENDPOINT_URL
}

# No suite meets what another one left: AWS knows each name once.
empty_emulator() {
  "$python" -c 'import sys, urllib.request as web; web.urlopen(web.Request(sys.argv[1] + "/moto-api/reset", method="POST"))' "$AWS_ENDPOINT_URL"
}

emulator_tests() { # MODULE: its runs against an AWS
  cd "$1" && "$TERRAFORM" init -backend=false -input=false -no-color -test-directory=tests/emulator >/dev/null &&
    "$TERRAFORM" test -no-color -test-directory=tests/emulator
}

emulator_suites() {
  local module
  start_emulator
  for module in terraform-modules/*/; do
    empty_emulator
    suite "a life on the emulator: $(basename "$module")" "$python" "$PWD/${module}tests/emulator/lifecycle.py"
    [ -z "$(find "${module}tests/emulator" -maxdepth 1 -name '*.tftest.hcl')" ] ||
      suite "$(basename "$TERRAFORM") test on the emulator: $(basename "$module")" emulator_tests "$module"
  done
  suite "terragrunt on the environments" bash terraform-modules/test-terragrunt.sh
  suite "the emulator itself" "$python" "$here/bastion/tests/emulator/honesty.py" "$shim"
}

# ----------------------------------------------------------------------------------------------------------------------
need "$TERRAFORM" "https://developer.hashicorp.com/terraform/install"
need terragrunt "https://docs.terragrunt.com/getting-started/install/, or ./bastion tools"
need git "apt-get install git"
case $kind in
  all | fast | tofu | emulator | mutations) ;;
  *) echo "usage: test.sh [all|fast|tofu|emulator|mutations]" >&2; exit 2 ;;
esac
case $kind in all | tofu) need tofu "https://opentofu.org/docs/intro/install/, or ./bastion tools" ;; esac
need "$python" "apt-get install python3"
case $kind in
  all | emulator)
    "$python" -c 'import boto3, moto.server' 2>/dev/null ||
      { echo "test.sh: $python cannot import moto: $python -m pip install 'moto[server]==5.2.1'" >&2; exit 2; }
    ;;
esac

copy_sources
lock_providers
without_aws
configure "$(basename "$TERRAFORM")"
"$TERRAFORM" version -no-color | sed -n 1p
case $kind in
  fast) fast ;;
  tofu) with_tofu ;;
  emulator) emulator_suites ;;
  mutations) "$python" terraform-modules/mutations.py "${@:2}" || failed=1 ;;
  all) # in two lanes, since each is busy with one core: what needs the emulator, and what needs nothing
    bash "$here/test.sh" emulator >"$scratch/emulator.log" 2>&1 &
    lane=$!
    fast
    with_tofu
    wait "$lane" || failed=1
    lane=
    cat "$scratch/emulator.log"
    ;;
esac
exit $failed
