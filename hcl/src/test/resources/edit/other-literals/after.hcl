exclude {
  if      = false
  actions = ["apply"]
}
locals { region = "eu-west-1" }
inputs = { for_each = 7, null_one = "some", flag = true, number = -1 }
