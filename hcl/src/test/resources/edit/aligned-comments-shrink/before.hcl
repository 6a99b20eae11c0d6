inputs = {
  a = "ÄÖÜ-the-longest" # one
  b = 2                 # two
  c = {                 # three
    d = ""              # four
  }
}
