inputs = {
  "deploy_bastion" : 1
  ("expires_at") = "soon", 1 = "two"
}
