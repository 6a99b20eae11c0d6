# A VPC whose main route table leads to the internet, and subnets that do and do not use it: what subnets.tftest.hcl
# chooses from.

resource "aws_vpc" "this" {
  cidr_block = "10.90.0.0/24"
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.this.default_route_table_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_subnet" "this" {
  for_each = { private = 0, public = 1, without_a_table = 2, maps_addresses = 3 }

  vpc_id                  = aws_vpc.this.id
  cidr_block              = cidrsubnet(aws_vpc.this.cidr_block, 2, each.value)
  map_public_ip_on_launch = each.key == "maps_addresses"
}

resource "aws_route_table_association" "this" {
  for_each = {
    private        = aws_route_table.private.id
    public         = aws_route_table.public.id
    maps_addresses = aws_route_table.private.id
  }

  subnet_id      = aws_subnet.this[each.key].id
  route_table_id = each.value
}

resource "aws_security_group" "endpoints" {
  for_each = toset(["ssm", "ssmmessages", "other"])

  name        = each.key
  description = "The endpoint of ${each.key}"
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_endpoint" "this" {
  for_each = { ssm = "ssm", ssmmessages = "ssmmessages", other = "sqs" }

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.eu-west-1.${each.value}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.this["private"].id]
  security_group_ids  = [aws_security_group.endpoints[each.key].id]
}

output "vpc_id" {
  value = aws_vpc.this.id
}

# By name, once every table is where it belongs.
output "subnet_ids" {
  value = { for name, subnet in aws_subnet.this : name => subnet.id }

  depends_on = [aws_route_table_association.this, aws_default_route_table.main]
}

output "private_route_table_id" {
  value = aws_route_table.private.id
}

output "endpoint_group_ids" {
  value = { for name, group in aws_security_group.endpoints : name => group.id }

  depends_on = [aws_vpc_endpoint.this]
}
