#!/usr/bin/env bash
# Tests of the launcher `bastion`, in a directory of its own with a JDK and a Maven that only print.
# shellcheck disable=SC2016 # the stubs expand
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
passed=0 failed=0

script() { printf '#!/usr/bin/env bash\n%s\n' "$2" >"$1" && chmod +x "$1"; }

cp "$repository/bastion" "$home/bastion"
mkdir -p "$home/jdk/bin" "$home/cli/target" "$home/cli/src/main" "$home/tools"
touch "$home/pom.xml" "$home/cli/target/bastion-cli.jar"
script "$home/jdk/bin/javac" ''
script "$home/jdk/bin/java" 'case $* in *-version) echo "    java.specification.version = 25" ;; *AOTCache*) echo "ran ${*: -2} fast" ;; *) echo "ran ${*: -2}" ;; esac'
maven() { script "$home/mvnw" "$1"; }
launch() { JAVA_HOME="$home/jdk" "$home/bastion" "$@"; }

says() { # NAME CODE TEXT ARGUMENT...: the launcher ends with CODE, and its output contains TEXT
  local name=$1 code=$2 text=$3 seen=0 output
  shift 3
  output=$(launch "$@" 2>&1) || seen=$?
  if [ "$seen" = "$code" ] && [[ $output == *"$text"* ]]; then
    passed=$((passed + 1)) && echo "ok   $name"
  else
    failed=$((failed + 1)) && printf 'FAIL %s: exit %s\n%s\n' "$name" "$seen" "$output"
  fi
}

build='echo "[INFO] Building bastion 0.1.0 [1/3]"; echo "Downloading from central: x"; echo "Downloading from central: y"
echo "[INFO] Building bastion-access 0.1.0 [2/3]"; echo "[INFO] Building bastion-cli 0.1.0    [3/3]"'

# Every branch of the launcher's case stands in its help, with an example.
for command in $(sed -nE 's/^  ([a-z]+( \| [a-z]+)*)( \| -\*)?\) *(#.*)?$/\1/p' "$home/bastion" | tr -d '|'); do
  [ "$command" = help ] || says "the help has an example of $command" 0 "\$ ./bastion $command" --help
done
says 'no command prints the help' 0 'Usage: ./bastion COMMAND'
says 'the help of a command without options' 0 'Usage: ./bastion COMMAND' tools --help
says 'a misspelled command gets the nearest one' 2 "Did you mean './bastion verify'?" verfy
says 'a command that resembles none gets the list' 2 "'x' is not a command. './bastion --help' lists all." x

maven 'echo "[INFO] Building bastion-access 0.1.0 [2/3]"; echo "[ERROR] Foo.java:[3,1] cannot find symbol"; exit 1'
says 'a build that fails shows the error' 2 '[ERROR] Foo.java:[3,1] cannot find symbol' policy check
says 'a first build says that it takes time' 2 'building for the first time, which takes a few minutes' policy check
says 'a build that fails names its log' 2 'the build failed; the whole log is .tools/build.log' policy check
maven "$build"
says 'a build counts the modules' 0 'bastion: building 2/3 access
bastion: building 3/3 cli
bastion: built in ' policy check
maven 'echo "it was built again"; exit 1'
says 'the command runs with its arguments' 0 'ran policy check' policy check
if [ "$(launch policy check 2>&1)" = 'ran policy check' ]; then
  passed=$((passed + 1)) && echo 'ok   nothing is said when nothing needs building'
else
  failed=$((failed + 1)) && echo 'FAIL something is said although nothing needs building'
fi
change_a_source() { until touch "$home/cli/src/main/Foo.java" && [ "$home/cli/src/main/Foo.java" -nt "$home/.tools/built" ]; do :; done; }
change_a_source
maven "$build"
says 'a later build says why, and downloads are announced once' 0 'bastion: building again, because sources changed (log: .tools/build.log)
bastion: building 1/3 bastion
bastion: downloading libraries into ~/.m2, as this machine does not have all of them yet
bastion: building 2/3 access' policy check

# Fast starts are prepared at the first question of an audit, once for each build and JDK.
maven 'echo "it was built again"; exit 1'
script "$home/tools/cli-cache.sh" 'echo made >>"$BASTION_TOOLS/made"; exit 1'
says 'where fast starts cannot be prepared, the command runs' 0 'bastion: preparing fast starts, once for this build (some seconds; log: .tools/cli.log)
ran audit who' audit who
says_only() { # NAME TEXT ARGUMENT...: the output is TEXT
  local name=$1 text=$2 output
  shift 2
  output=$(launch "$@" 2>&1) || true
  if [ "$output" = "$text" ]; then
    passed=$((passed + 1)) && echo "ok   $name"
  else
    failed=$((failed + 1)) && printf 'FAIL %s\n%s\n' "$name" "$output"
  fi
}
says_only 'a preparation that failed is not tried again' 'ran audit who' audit who
script "$home/tools/cli-cache.sh" 'mkdir -p "$3" && echo cache >"$3/app.aot"'
echo 'JAVA_VERSION="25.0.4"' >"$home/jdk/release"
says 'another JDK prepares them again' 0 'ran audit who fast' audit who
says_only 'what is prepared is used' 'ran audit who fast' audit who
says_only 'and by the other commands of the command line' 'ran policy check fast' policy check
change_a_source
maven "$build"
launch policy check >/dev/null 2>&1
says_only 'after a build the other commands run without it' 'ran policy check' policy check
says 'until the next question prepares it' 0 'ran audit who fast' audit who

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
