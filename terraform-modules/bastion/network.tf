# Nothing in; out to the database and to the endpoints that the SSM agent needs, all by group, never by address.
# Each rule is a resource of its own, so that a plan names exactly what opens.

resource "aws_security_group" "bastion" {
  count = local.here

  name        = local.name
  description = "Bastion of ${var.project_name} ${var.environment}: nothing in, out to the database and to Systems Manager"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "database" {
  count = local.here

  security_group_id            = aws_security_group.bastion[0].id
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
  referenced_security_group_id = var.rds_security_group_id
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  count = local.here

  security_group_id            = var.rds_security_group_id
  description                  = "From the bastion of ${var.project_name} ${var.environment}"
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
  referenced_security_group_id = aws_security_group.bastion[0].id
  tags                         = merge(local.tags, { Name = local.name })
}

# The endpoints of a caller who names no groups. Their absence fails the plan: without them nobody could connect.
data "aws_vpc_endpoint" "systems_manager" {
  for_each = toset(local.is_open && length(var.vpc_endpoint_security_group_ids) == 0 && !var.allow_internet_https_egress ? concat(["ssm", "ssmmessages"], var.shell_access_enabled ? ["logs", "kms"] : []) : [])

  vpc_id       = var.vpc_id
  service_name = "com.amazonaws.${local.region}.${each.key}"
  state        = "available"

  lifecycle {
    postcondition {
      condition     = self.private_dns_enabled && length(self.security_group_ids) > 0
      error_message = "The endpoint ${self.id} for ${each.key} has no private DNS name or no security group, so the bastion's agent could not reach it: enable private DNS, or write the groups to use into vpc_endpoint_security_group_ids."
    }
  }
}

locals {
  endpoint_groups = length(var.vpc_endpoint_security_group_ids) > 0 ? var.vpc_endpoint_security_group_ids : sort(distinct(flatten([for endpoint in data.aws_vpc_endpoint.systems_manager : tolist(endpoint.security_group_ids)])))
}

# By index, not by id: the ids may be unknown until the endpoints are made.
resource "aws_vpc_security_group_egress_rule" "endpoints" {
  for_each = { for index, id in local.endpoint_groups : tostring(index) => id if local.is_open }

  security_group_id            = aws_security_group.bastion[0].id
  description                  = "To the VPC endpoints of Systems Manager"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = each.value
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = { for index, id in local.endpoint_groups : tostring(index) => id if local.is_open }

  security_group_id            = each.value
  description                  = "From the bastion of ${var.project_name} ${var.environment}"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.bastion[0].id
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  count = local.is_open && var.allow_internet_https_egress ? 1 : 0

  security_group_id = aws_security_group.bastion[0].id
  description       = "To Systems Manager through the NAT gateway (allow_internet_https_egress)"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = merge(local.tags, { Name = local.name })
}
