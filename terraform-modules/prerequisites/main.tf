data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

data "aws_availability_zones" "this" {
  # checkov:skip=CKV_AWS_394:which zones there are only matters for a new subnet; one that is there stays in its zone (ignore_changes)
  count = local.own_vpc

  state = "available"
}

locals {
  # By the number of subnets, which is known at plan even where the VPC is made in the same apply and its id is not.
  own_vpc   = length(var.private_subnet_ids) == 0 ? 1 : 0
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name

  vpc_id     = local.own_vpc == 1 ? one(aws_vpc.this[*].id) : var.vpc_id
  subnet_ids = local.own_vpc == 1 ? aws_subnet.private[*].id : var.private_subnet_ids

  tags = { ManagedBy = "bastion-prerequisites" }
}

# The network: private subnets, and no way out of them ---------------------------------------------------------------

resource "aws_vpc" "this" {
  # checkov:skip=CKV2_AWS_11:flow-logs.tf has them on unless create_flow_logs is off
  count = local.own_vpc

  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true # the endpoints answer under AWS's own names
  tags                 = merge(local.tags, { Name = var.name })
}

# Whatever is put into the default group by mistake reaches nothing and is reached by nothing.
resource "aws_default_security_group" "nothing" {
  count = local.own_vpc

  vpc_id = aws_vpc.this[0].id
  tags   = merge(local.tags, { Name = "${var.name}-default-closed" })
}

resource "aws_subnet" "private" {
  count = local.own_vpc * var.availability_zone_count

  vpc_id                  = aws_vpc.this[0].id
  availability_zone       = data.aws_availability_zones.this[0].names[count.index]
  cidr_block              = cidrsubnet(var.vpc_cidr, 2, count.index)
  map_public_ip_on_launch = false
  tags                    = merge(local.tags, { Name = "${var.name}-private-${count.index}" })

  lifecycle {
    # A zone that AWS adds, or that is not available today, must not move a subnet in which something runs.
    ignore_changes = [availability_zone]
  }
}

resource "aws_route_table" "private" {
  count = local.own_vpc

  vpc_id = aws_vpc.this[0].id
  tags   = merge(local.tags, { Name = "${var.name}-private" })
}

resource "aws_route_table_association" "private" {
  count = local.own_vpc * var.availability_zone_count

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[0].id
}

# The way to Systems Manager -----------------------------------------------------------------------------------------

locals {
  new_endpoints = setsubtract(var.endpoints, var.existing_endpoints)
  # In a VPC of their own only bastions use them. Elsewhere AWS's names, which private DNS answers, are everybody's.
  are_shared   = local.own_vpc == 0 && length(local.new_endpoints) > 0
  client_cidrs = var.endpoint_client_cidrs == null ? data.aws_vpc.existing[*].cidr_block : var.endpoint_client_cidrs
}

data "aws_vpc" "existing" {
  count = local.are_shared ? 1 : 0

  id = var.vpc_id
}

data "aws_vpc_endpoint" "existing" {
  for_each = var.existing_endpoints

  vpc_id       = var.vpc_id
  service_name = "com.amazonaws.${local.region}.${each.key}"
  state        = "available"

  lifecycle {
    postcondition {
      condition     = self.private_dns_enabled && length(self.security_group_ids) > 0
      error_message = "The endpoint ${self.id} for ${each.key} has no private DNS name or no security group, so no agent could reach it: enable private DNS on it."
    }
  }
}

# In a VPC of its own without a rule: each bastion adds one for itself while it is there.
resource "aws_security_group" "endpoints" {
  count = length(local.new_endpoints) > 0 ? 1 : 0

  name        = "${var.name}-endpoints"
  description = "The interface endpoints of Systems Manager; bastions let themselves in while they are there"
  vpc_id      = local.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-endpoints" })
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  count = local.are_shared ? length(local.client_cidrs) : 0

  security_group_id = aws_security_group.endpoints[0].id
  description       = "The hosts of the VPC, whose names of AWS lead here now"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = local.client_cidrs[count.index]
  tags              = merge(local.tags, { Name = "${var.name}-endpoints" })
}

# AWS itself says for which services an endpoint takes a policy; elsewhere the attribute would fail the apply.
data "aws_vpc_endpoint_service" "new" {
  for_each = local.new_endpoints

  service_name = "com.amazonaws.${local.region}.${each.key}"
}

# Whose credentials may pass: those of another account, brought into the VPC, reach nothing through here.
data "aws_iam_policy_document" "endpoints" {
  # checkov:skip=CKV_AWS_49:it bounds who may pass, and grants nothing
  # checkov:skip=CKV_AWS_1:it bounds who may pass, and grants nothing
  statement {
    sid       = "PrincipalsOfTheseAccounts"
    actions   = ["*"]
    resources = ["*"] # the roles' own policies name resources
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = concat([local.account], var.endpoint_principal_accounts)
    }
  }
}

resource "aws_vpc_endpoint" "interface" {
  # checkov:skip=CKV_AWS_356:an endpoint's policy is a bound of what roles may do, which their own policies say
  for_each = local.new_endpoints

  vpc_id              = local.vpc_id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = local.subnet_ids
  security_group_ids  = aws_security_group.endpoints[*].id
  policy              = data.aws_vpc_endpoint_service.new[each.key].vpc_endpoint_policy_supported ? data.aws_iam_policy_document.endpoints.json : null
  tags                = merge(local.tags, { Name = "${var.name}-${each.key}" })
}

# The database's group: empty, for the database to be put into and for bastions to open one port of -------------------

resource "aws_security_group" "database" {
  # checkov:skip=CKV2_AWS_5:the owner of the database puts the database into it
  count = var.create_database_security_group ? 1 : 0

  name        = "${var.name}-database"
  description = "The database; bastions open its port for themselves while they are there"
  vpc_id      = local.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-database" })
}

check "names_of_an_existing_vpc" {
  assert {
    condition     = !local.are_shared
    error_message = "In ${coalesce(var.vpc_id, "the VPC")} the names ${join(", ", [for name in sort(local.new_endpoints) : "${name}.${local.region}.amazonaws.com"])} lead to the endpoints made here, for every host. Those of ${join(", ", local.client_cidrs)} may use them; write endpoint_client_cidrs for others. Name endpoints that are there already in existing_endpoints."
  }
}
