inputs = {
  requested_by_username = "$${run_cmd(\"id\")}%%{ if true }"                  # who
  reason                = "a\\b\n\"c\"\t$$${d} $ % 100% \u2028\u202eé😀\u0000" # why
}
