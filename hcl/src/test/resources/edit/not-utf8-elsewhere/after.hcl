# caf� in Latin-1, ��
inputs = {
  größe = "ä€😀" # наличие
  deploy_bastion = 1
}
