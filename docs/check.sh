#!/usr/bin/env bash
# Whether what the documents name is there: docs/check.sh
#
#   `path` and `path: name` in compliance.md   the file exists, and the name stands in it
#   a path in any other document               it exists
#   docs/x.md, "A heading"                      anywhere in the repository: the document has that heading
#   a setting in the orchestrator's module      app/bastion.example.yaml, the manual, has it
# shellcheck disable=SC2016 # backquotes are what it looks for
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
wrong=0 checked=0

fails() { echo "FAIL $1" && wrong=$((wrong + 1)); }

long() { # the abbreviations that compliance.md introduces
  sed -E 's|^M/|terraform-modules/bastion/|; s|^P/|terraform-modules/prerequisites/|; s|^O/|terraform-modules/bastion-orchestrator/|'
}

named() { # DOCUMENT: what stands in backquotes and looks like a path, with or without a name behind it
  grep -oE '`[A-Za-z0-9_./-]+\.(java|tf|hcl|py|sh|md|yaml|yml)(: [^`]+)?`|`(\./)?[a-z-]+/[A-Za-z0-9_./-]+`' "$1" | tr -d '`' | sort -u
}

while read -r reference; do
  path=$(long <<<"${reference%%: *}")
  checked=$((checked + 1))
  if [ ! -e "$path" ]; then
    fails "docs/compliance.md names $path, which is not there"
  elif [ "$reference" != "${reference%%: *}" ] && ! grep -qwF -- "${reference#*: }" "$path"; then
    fails "docs/compliance.md names \"${reference#*: }\" in $path, where it is not"
  fi
done < <(named docs/compliance.md)

# Each row of its tables names code and a test.
while read -r row; do fails "docs/compliance.md has a row without code or test: $row"; done < \
  <(grep -E '^\| ' docs/compliance.md | grep -vE '^\| (Control \||---)' | grep -vE '\| `[^|]+` \| `[^|]+` \|$' || true)

for document in docs/*.md; do
  [ "$document" = docs/compliance.md ] && continue
  while read -r path; do
    path=${path%%: *}
    case $path in environments/* | prod/* | bastion/* | pull/* | origin/*) continue ;; esac # examples of names, not of ours
    [[ $path == */* ]] || continue
    checked=$((checked + 1))
    [ -e "$path" ] || [ -e "docs/$path" ] || fails "$document names $path, which is not there"
  done < <(named "$document")
done

while IFS=: read -r file reference; do
  document=${reference%%,*} heading=${reference#*, }
  heading=$(tr -d '\\"' <<<"$heading")
  checked=$((checked + 1))
  grep -qxE "#+ ${heading//[()]/.}" "$document" 2>/dev/null || fails "$file: $document has no heading \"$heading\""
done < <(git grep -oE 'docs/[a-z]+\.md, \\{0,1}"[^"\\]+\\{0,1}"' -- . ':!docs/check.sh' || true)

while read -r path; do
  checked=$((checked + 1))
  awk -v section="${path%%.*}:" -v key="${path#*.}:" \
    '/^[a-z]/ { inside = ($1 == section) } inside && ($1 == key || $2 == key) { found = 1 } END { exit !found }' app/bastion.example.yaml ||
    fails "terraform-modules/bastion-orchestrator/main.tf sets $path, which app/bastion.example.yaml does not know"
done < <(sed -nE 's/^      "([a-z]+\.[a-z_]+)" +=.*/\1/p' terraform-modules/bastion-orchestrator/main.tf)

[ "$wrong" = 0 ] && echo "documents: $checked names, all of them there"
[ "$wrong" = 0 ]
