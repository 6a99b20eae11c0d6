# No ingress: the service calls Slack (Socket Mode), GitHub and AWS. Egress: 443, and its database.

locals {
  # No distinct() and no compact(): how many there are must be known while the ids are not.
  subnet_ids    = var.subnet_id == null ? var.subnet_ids : concat(var.subnet_ids, [var.subnet_id])
  has_database  = var.database != null
  database_port = local.has_database ? try(tonumber(regex(":([0-9]+)/", var.database.url)[0]), 5432) : null
}

data "aws_subnet" "private" {
  count = length(local.subnet_ids)

  id = local.subnet_ids[count.index]

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "${self.id} is in ${self.vpc_id}, not in vpc_id ${var.vpc_id}: write subnets of one VPC."
    }
    postcondition {
      condition     = !self.map_public_ip_on_launch
      error_message = "${self.id} gives out public addresses: write private subnets, with map_public_ip_on_launch = false."
    }
  }
}

resource "aws_security_group" "service" {
  name        = local.name
  description = "The bastion service of ${var.environment}: nothing in; out to Slack, the forge and AWS"
  vpc_id      = var.vpc_id
  tags        = local.tags
}

# By address, as Slack and GitHub have no security group and too many addresses to list.
resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.service.id
  description       = "To Slack, the forge and AWS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = local.tags
}

resource "aws_vpc_security_group_egress_rule" "database" {
  count = local.has_database ? 1 : 0

  security_group_id            = aws_security_group.service.id
  description                  = "To the database the replicas share"
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
  referenced_security_group_id = var.database.security_group_id
  tags                         = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  count = local.has_database ? 1 : 0

  security_group_id            = var.database.security_group_id
  description                  = "From the bastion service of ${var.environment}"
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
  referenced_security_group_id = aws_security_group.service.id
  tags                         = local.tags
}
