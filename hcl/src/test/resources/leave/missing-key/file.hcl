inputs = {
  other = 1
}
