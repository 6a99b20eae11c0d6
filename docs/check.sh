#!/usr/bin/env bash
# Checks that the names in the documents exist and their tables are whole: docs/check.sh
#
#   `path` and `path: name` in compliance.md   the file exists, and the name stands in it
#   `path` in any other document                the file or directory exists
#   `ClassName`                                 a Java type, or a name of Terraform, a script or a data file
#   `aTestNamedByASentence`                     a method or a field (three words or more)
#   `ClassName.methodName`                      the file of that Java type has the name
#   [text](path#heading)                        the file exists and has the heading
#   | a row | of a table |                      it stands in a table, with a cell for each column
#   docs/x.md, "A heading"                      anywhere in the repository: the document has that heading
#   a setting in the orchestrator's module      app/bastion.example.yaml has it
#   README's first reading                      is shorter than it says
# shellcheck disable=SC2016 # backquotes are what it searches for
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
wrong=0 checked=0

documents=(README.md CONTRIBUTING.md CHANGELOG.md docs/*.md docs/adr/*.md)
# Names of AWS, Kubernetes and Java that no file of ours declares.
foreign=' RunInstances AccessDeniedException TargetNotConnected ReadOnlyAccess Describe Get List PrometheusRule ScopedValue '

fails() { echo "FAIL $1" && wrong=$((wrong + 1)); }

long() { # the abbreviations that compliance.md introduces
  sed -E 's|^M/|terraform-modules/bastion/|; s|^P/|terraform-modules/prerequisites/|; s|^O/|terraform-modules/bastion-orchestrator/|'
}

named() { # DOCUMENT: words in backquotes that look like a path, with or without a name behind it
  grep -oE '`[A-Za-z0-9_./-]+\.(java|tf|hcl|py|sh|md|yaml|yml)(: [^`]+)?`|`(\./)?\.?[a-z-]+/[A-Za-z0-9_./-]*`' "$1" | tr -d '`' | sort -u
}

quoted() { # PATTERN DOCUMENT: words in backquotes that match the whole pattern
  grep -oE "\`$1\`" "$2" | tr -d '`' | sort -u
}

is_type() { # NAME DOCUMENT: a Java type, an imported one, a name in code that is not Java, or one that the document defines
  [[ $foreign == *" $1 "* ]] || [ -n "$(git ls-files -- "$1" "*/$1.java")" ] ||
    git grep -qwE "(class|record|interface|enum) $1|import [a-z.]+\\.$1;|\"$1\"" -- '*.java' ||
    git grep -qwF "$1" -- '*.tf' '*.tftpl' '*.hcl' '*.json' '*.py' '*.sh' '*.yaml' ':!docs/check.sh' || grep -qF "\"$1\"" "$2"
}

rows() { # DOCUMENT: its lines that begin like a row of a table and that GitHub does not show as one, or not whole
  awk '
    function cells(row) { gsub(/\\[|]/, "", row); return gsub(/[|]/, "", row) }
    /^ *(```|~~~)/ { isCode = !isCode }
    { isRow = !isCode && /^ *[|]/ }
    header && !(isRow && /^ *[|]( *:?-+:? *[|])+ *$/) { print header ": is outside of a table" }
    isRow && wasRow && cells($0) != columns { print FNR ": has " cells($0) - 1 " cells instead of " columns - 1 }
    { header = isRow && !wasRow ? FNR : 0 }
    header { columns = cells($0) }
    { wasRow = isRow }
    END { if (header) print header ": is outside of a table" }' "$1"
}

anchors() { # DOCUMENT: its headings as GitHub writes them in links
  sed -nE 's/^#+ //p' "$1" | tr '[:upper:]' '[:lower:]' | sed -E "s/[^a-z0-9 _-]//g; s/ /-/g"
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

# Each row of compliance.md's tables names code and a test.
while read -r row; do fails "docs/compliance.md has a row without code or test: $row"; done < \
  <(grep -E '^\| ' docs/compliance.md | grep -vE '^\| (Control \||---)' | grep -vE '\| `[^|]+` \| `[^|]+` \|$' || true)

for document in "${documents[@]}"; do
  checked=$((checked + 1))
  while IFS=: read -r line problem; do fails "$document:$line: the row$problem"; done < <(rows "$document")
  if [ "$document" != docs/compliance.md ]; then
    while read -r path; do
      path=${path%%: *}
      case $path in prod/* | bastion/* | pull/* | origin/* | refs/*) continue ;; # examples of names
        environments/prod/orders/* | .github/CODEOWNERS) continue ;; # files that a ledger may have
      esac
      [[ $path == */* ]] || continue
      checked=$((checked + 1))
      [ -e "$path" ] || [ -e "docs/$path" ] || fails "$document names $path, which is not there"
    done < <(named "$document")
  fi
  while read -r type; do
    checked=$((checked + 1))
    is_type "$type" "$document" || fails "$document names the type $type, which is not there"
  done < <(quoted '[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*' "$document")
  while read -r method; do
    checked=$((checked + 1))
    git grep -qwF "$method" -- ':!*.md' || fails "$document names $method, which is not there"
  done < <(quoted '[a-z]+([A-Z][a-z0-9]*){2,}' "$document")
  while read -r member; do
    checked=$((checked + 1))
    git grep -qwF "${member#*.}" -- "*/${member%%.*}.java" || fails "$document names $member, which is not there"
  done < <(quoted '[A-Z][A-Za-z0-9]*\.[a-z]+([A-Z][a-z0-9]*)+' "$document")
  while read -r target; do
    checked=$((checked + 1))
    path=${target%%#*} heading=${target#"${target%%#*}"}
    if [ -n "$path" ]; then path=$(dirname "$document")/$path; else path=$document; fi
    if [ ! -e "$path" ]; then
      fails "$document links to $target, which is not there"
    elif [ -n "$heading" ] && ! anchors "$path" | grep -qxF -- "${heading#\#}"; then
      fails "$document links to $target, but there is no such heading"
    fi
  done < <(grep -oE '\]\([^) ]+\)' "$document" | sed -E 's/^\]\(|\)$//g' | grep -v '://' | sort -u)
done

while IFS=: read -r file reference; do
  document=${reference%%,*} heading=${reference#*, }
  heading=$(tr -d '\\"' <<<"$heading")
  checked=$((checked + 1))
  grep -qxE "#+ ${heading//[()]/.}" "$document" 2>/dev/null || fails "$file: $document has no heading \"$heading\""
done < <(git grep -oE 'docs/[a-z]+\.md, \\{0,1}"[^"\\]+\\{0,1}"' -- . ':!docs/check.sh' || true)

# What README calls fifteen minutes of reading, without imports.
access=access/src/main/java/dev/bastion/access
checked=$((checked + 1))
words=$(cat "$access"/*.java "$access"/policy/*.java | grep -vE '^(import|package) ' | wc -w)
((words > 1000 && words < 6000)) || fails "README.md: what it says to read in fifteen minutes has $words words"

while read -r path; do
  checked=$((checked + 1))
  awk -v section="${path%%.*}:" -v key="${path#*.}:" \
    '/^[a-z]/ { inside = ($1 == section) } inside && ($1 == key || $2 == key) { found = 1 } END { exit !found }' app/bastion.example.yaml ||
    fails "terraform-modules/bastion-orchestrator/main.tf sets $path, which app/bastion.example.yaml does not have"
done < <(sed -nE 's/^      "([a-z]+\.[a-z_]+)" +=.*/\1/p' terraform-modules/bastion-orchestrator/main.tf)

[ "$wrong" = 0 ] && echo "documents: $checked names, all of them exist"
[ "$wrong" = 0 ]
