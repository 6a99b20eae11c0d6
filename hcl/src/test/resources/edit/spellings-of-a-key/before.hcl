inputs = {
  "deploy_bastion" : 0
  ("expires_at") = "", 1 = "one"
}
