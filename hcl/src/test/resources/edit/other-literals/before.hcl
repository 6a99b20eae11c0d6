exclude {
  if      = true
  actions = ["apply"]
}
locals { region = "eu-central-1" }
inputs = { for_each = -1, null_one = null, flag = false, number = -2.50e3 }
