inputs = {
  requested_by_username = "" # who
  reason                = "" # why
}
