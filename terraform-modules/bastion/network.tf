# Nothing in; out to the database and to the endpoints that the SSM agent needs, all by group, never by address.
# Each rule is a resource of its own, so that a plan names exactly what opens. The group stands while closed, without any
# rule: the owner of a database may name it in rules of their own.

resource "aws_security_group" "bastion" {
  count = local.stands

  name        = local.name
  description = "Bastion of ${var.project_name} ${var.environment}: nothing in, out to the database and to Systems Manager"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = local.name })
}

locals {
  # Targets in the same group with the same port share a rule, as AWS takes a rule once: the first one's.
  target_groups = { for target in var.targets : target.name => { group = coalesce(target.security_group_id, var.rds_security_group_id), port = target.port } }
  target_rules  = local.rules_stand ? { for index, target in var.targets : target.name => local.target_groups[target.name] if !contains([for earlier in slice(var.targets, 0, index) : local.target_groups[earlier.name]], local.target_groups[target.name]) } : {}
}

resource "aws_vpc_security_group_egress_rule" "database" {
  count = local.rules_stand && local.is_single ? 1 : 0

  security_group_id            = aws_security_group.bastion[0].id
  description                  = "To the database"
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
  referenced_security_group_id = var.rds_security_group_id
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  count = local.rules_stand && local.is_single && var.create_database_rule ? 1 : 0

  security_group_id            = var.rds_security_group_id
  description                  = "From the bastion of ${var.project_name} ${var.environment}"
  ip_protocol                  = "tcp"
  from_port                    = local.database_port
  to_port                      = local.database_port
  referenced_security_group_id = aws_security_group.bastion[0].id
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "targets" {
  for_each = local.target_rules

  security_group_id            = aws_security_group.bastion[0].id
  description                  = "To the database ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = each.value.group
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "targets" {
  for_each = var.create_database_rule ? local.target_rules : {}

  security_group_id            = each.value.group
  description                  = "From the bastion of ${var.project_name} ${var.environment}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = aws_security_group.bastion[0].id
  tags                         = merge(local.tags, { Name = local.name })
}

# The endpoints of a caller who names no groups. Their absence fails the plan: without them nobody could connect.
data "aws_vpc_endpoint" "systems_manager" {
  for_each = toset(local.rules_stand && length(var.vpc_endpoint_security_group_ids) == 0 && !var.allow_internet_https_egress ? concat(["ssm", "ssmmessages"], var.shell_access_enabled ? ["logs", "kms"] : []) : [])

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
  for_each = { for index, id in local.endpoint_groups : tostring(index) => id if local.rules_stand }

  security_group_id            = aws_security_group.bastion[0].id
  description                  = "To the VPC endpoints of Systems Manager"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = each.value
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = { for index, id in local.endpoint_groups : tostring(index) => id if local.rules_stand }

  security_group_id            = each.value
  description                  = "From the bastion of ${var.project_name} ${var.environment}"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.bastion[0].id
  tags                         = merge(local.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  count = local.rules_stand && var.allow_internet_https_egress ? 1 : 0

  security_group_id = aws_security_group.bastion[0].id
  description       = "To Systems Manager through the NAT gateway (allow_internet_https_egress)"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = merge(local.tags, { Name = local.name })
}
