# shellcheck shell=bash
# The stages of a long check, for a script that sources this file:
#
#   stage NAME COMMAND...    runs the command and shows its output as it comes
#   beside NAME COMMAND...   starts the command beside the stages that follow, at a low priority; its output is shown as a
#                            whole, never mixed into another's, after the first stage that ends later, or by "join"
#   join                     waits for what was started beside
#
# The first stage that fails ends the script with 1: what still runs beside it is stopped, with its processes, and the last
# line names the failed stages.

beside_names=() beside_pids=() beside_logs=() beside_starts=() failed_stages=()
stages_scratch=$(mktemp -d)
trap stop_stages EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

stage() {
  local name=$1 start=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then
    printf '== %s: passed in %s s\n' "$name" $((SECONDS - start))
  else
    failed "$name" $((SECONDS - start))
  fi
  show_ended
  end_when_failed
}

beside() {
  local name=$1 log=$stages_scratch/${#beside_names[@]}-${RANDOM}
  shift
  printf '\n== %s: started beside the next stages\n' "$name"
  set -m # a process group of its own, which can be stopped as a whole
  at_low_priority "$log.end" "$@" </dev/null >"$log" 2>&1 &
  set +m
  beside_names+=("$name") beside_pids+=($!) beside_logs+=("$log") beside_starts+=("$SECONDS")
}

at_low_priority() { # END COMMAND...: writes the time of the end into a file, since it may be seen much later
  local end=$1 code=0
  shift
  renice -n 10 -p "$BASHPID" >/dev/null
  "$@" || code=$?
  echo "$SECONDS" >"$end"
  return "$code"
}

join() {
  while ((${#beside_pids[@]} > 0)); do
    show 0
    end_when_failed
  done
}

show_ended() {
  local i
  for ((i = ${#beside_pids[@]} - 1; i >= 0; i--)); do
    [ ! -e "${beside_logs[i]}.end" ] || show "$i"
  done
}

show() { # INDEX: waits for a stage beside, shows what it printed and how it ended, and forgets it
  local name=${beside_names[$1]} log=${beside_logs[$1]} code=0 took
  wait "${beside_pids[$1]}" || code=$?
  took=$(($(cat "$log.end" 2>/dev/null || echo "$SECONDS") - beside_starts[$1]))
  printf '\n== %s\n' "$name"
  cat "$log"
  if [ "$code" = 0 ]; then
    printf '== %s: passed in %s s, beside other stages\n' "$name" "$took"
  else
    failed "$name" "$took"
  fi
  beside_names=("${beside_names[@]:0:$1}" "${beside_names[@]:$1+1}")
  beside_pids=("${beside_pids[@]:0:$1}" "${beside_pids[@]:$1+1}")
  beside_logs=("${beside_logs[@]:0:$1}" "${beside_logs[@]:$1+1}")
  beside_starts=("${beside_starts[@]:0:$1}" "${beside_starts[@]:$1+1}")
}

failed() { # NAME SECONDS
  printf '== %s: FAILED after %s s\n' "$1" "$2"
  failed_stages+=("$1")
}

end_when_failed() {
  ((${#failed_stages[@]} == 0)) || exit 1
}

stop() { # PROCESS-GROUP: lets it clean up for ten seconds at most
  kill -TERM -- "-$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
  for _ in {1..100}; do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}

stop_stages() {
  local code=$? i name
  for i in "${!beside_pids[@]}"; do
    stop "${beside_pids[i]}"
    printf '== %s: stopped\n' "${beside_names[i]}"
  done
  for name in "${failed_stages[@]}"; do printf '== FAILED: %s\n' "$name"; done
  rm -rf "$stages_scratch"
  exit "$code"
}
