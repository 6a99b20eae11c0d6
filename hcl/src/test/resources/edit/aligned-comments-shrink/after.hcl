inputs = {
  a = "x"  # one
  b = 2    # two
  c = {    # three
    d = "" # four
  }
}
