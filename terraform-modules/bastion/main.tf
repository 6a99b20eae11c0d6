data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  # An expired grant is as good as none: without the clock here, an instance that ended by itself would come back with
  # the next apply. plantimestamp() is known at plan, so the gate is too.
  expired = try(timecmp(var.expires_at, plantimestamp()) <= 0, false)
  is_open = var.deploy_bastion == 1 && !(var.auto_terminate && local.expired)
  here    = local.is_open ? 1 : 0

  # Stand while closed: they cost nothing and open nothing, and an opening needs no IAM and does not wait for it.
  stands      = local.is_open || var.standing ? 1 : 0
  rules_stand = local.is_open || (var.standing && var.standing_rules)

  # Names are per bastion, so that many live in one account. IAM allows 64 characters; suffixes take up to 11 of them.
  full_name = "bastion-${var.project_name}-${var.environment}"
  name      = length(local.full_name) <= 48 ? local.full_name : "${substr(local.full_name, 0, 39)}-${substr(sha256(local.full_name), 0, 8)}"

  # host and port, also of a caller whose rds_endpoint is host:port; with targets, those of the first
  is_single     = length(var.targets) == 0
  database_host = local.is_single ? split(":", var.rds_endpoint)[0] : var.targets[0].host
  database_port = local.is_single ? try(tonumber(split(":", var.rds_endpoint)[1]), coalesce(var.rds_port, 5432)) : var.targets[0].port

  architecture = can(regex("^(a1|[a-z]+[0-9]+g[a-z0-9-]*)[.]", var.instance_type)) ? "arm64" : "x86_64"

  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name

  # By the ids' number, which is known while the ids are not.
  subnet_ids = length(var.subnet_ids) > 0 ? var.subnet_ids : [var.subnet_id]

  tags = merge(var.tags, {
    Project     = var.project_name
    Environment = var.environment
    ManagedBy   = "bastion"
  })

  untaggable    = "/[^\\pL\\pN +=.,_:\\/@-]/"
  requester_tag = replace(var.requested_by_user_id, local.untaggable, "_")

  # Who, when and until when stand on the instance and its volume alone: an extension then changes nothing else.
  # Characters that AWS does not take in a tag become "_".
  grant_tags = { for key, value in {
    Name                = local.name
    RequestId           = var.request_id
    CommitSha           = var.commit_sha
    Ledger              = substr(replace(lower(var.ledger), local.untaggable, "_"), 0, 256)
    RequestedByUserId   = local.requester_tag
    RequestedByUsername = substr(replace(var.requested_by_username, local.untaggable, "_"), 0, 200)
    CreatedAt           = var.created_at
    ExpiresAt           = var.expires_at
    Database            = "${local.database_host}:${local.database_port}"
    PortDocument        = local.port_document
    ShellDocument       = var.shell_access_enabled ? local.shell_document : ""
  } : key => value if value != "" }

  # Of several targets, each one's: "Database:orders" = "host:port", "PortDocument:orders", "Engine:orders".
  target_tags = merge([for target in var.targets : merge(
    {
      "Database:${target.name}"     = "${target.host}:${target.port}"
      "PortDocument:${target.name}" = local.port_documents[target.name]
    },
    target.engine == null ? {} : { "Engine:${target.name}" = target.engine },
  )]...)

  instance_tags = merge(local.tags, local.grant_tags, local.target_tags)
}

check "grant_in_force" {
  assert {
    condition     = !(var.deploy_bastion == 1 && !local.is_open)
    error_message = "deploy_bastion = 1, but the grant ended at ${var.expires_at}, so no bastion is there: an expired grant never comes back. Put the environment file back to deploy_bastion = 0 (the service's reversion does), or extend the grant."
  }
}

check "ends_by_itself" {
  assert {
    condition     = var.deploy_bastion != 1 || var.auto_terminate
    error_message = "auto_terminate = false: this bastion does not end by itself. Only the reversion of the environment file ends it."
  }
}

# The image and the subnet ---------------------------------------------------------------------------------------------

data "aws_ssm_parameter" "image" {
  count = local.is_open && var.ami_id == null ? 1 : 0

  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${local.architecture}"
}

data "aws_ami" "given" {
  count = local.is_open && var.ami_id != null ? 1 : 0

  filter {
    name   = "image-id"
    values = [var.ami_id]
  }

  lifecycle {
    postcondition {
      condition     = self.architecture == local.architecture
      error_message = "ami_id ${self.id} is an ${self.architecture} image and instance_type ${var.instance_type} cannot run it: write a type or an image of the same architecture."
    }
  }
}

data "aws_subnet" "this" {
  count = local.is_open ? length(local.subnet_ids) : 0

  id = local.subnet_ids[count.index]

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "${self.id} is in ${self.vpc_id}, not in vpc_id ${var.vpc_id}: write a subnet of the database's VPC."
    }
    postcondition {
      condition     = !self.map_public_ip_on_launch
      error_message = "${self.id} gives instances public addresses: write a private subnet, one with map_public_ip_on_launch = false."
    }
  }
}

data "aws_ec2_instance_type_offerings" "zones" {
  count = local.is_open && length(local.subnet_ids) > 1 ? 1 : 0

  location_type = "availability-zone"

  filter {
    name   = "instance-type"
    values = [var.instance_type]
  }
}

locals {
  # Where none has the type and room, AWS says so of the first.
  with_type = flatten(data.aws_ec2_instance_type_offerings.zones[*].locations)
  with_room = [for subnet in data.aws_subnet.this : subnet if contains(local.with_type, subnet.availability_zone) && subnet.available_ip_address_count > 0]
  subnet    = try(local.with_room[0], data.aws_subnet.this[0], null)
}

# A subnet without a table of its own uses the VPC's main one. Looked up in two steps, as asking for a subnet's table fails
# where it has none.
data "aws_route_tables" "own" {
  count = local.here

  filter {
    name   = "association.subnet-id"
    values = [local.subnet.id]
  }
}

data "aws_route_tables" "main" {
  count = local.here

  vpc_id = var.vpc_id

  filter {
    name   = "association.main"
    values = ["true"]
  }
}

data "aws_route_table" "this" {
  count = local.here

  route_table_id = concat(flatten(data.aws_route_tables.own[*].ids), flatten(data.aws_route_tables.main[*].ids))[0]

  lifecycle {
    postcondition {
      condition     = alltrue([for route in self.routes : !startswith(route.gateway_id, "igw-")])
      error_message = "${local.subnet.id} is public: its route table ${self.route_table_id} leads to ${join(", ", [for route in self.routes : route.gateway_id if startswith(route.gateway_id, "igw-")])}. Write a private subnet, one whose route table (its own, or the VPC's main one) has no route to an internet gateway."
    }
  }
}

# The instance ---------------------------------------------------------------------------------------------------------

data "aws_default_tags" "this" {}

locals {
  all_tags = merge(data.aws_default_tags.this.tags, local.instance_tags)

  # GiB of the root volume's snapshot in an image of the caller's own; Amazon Linux has 8, as volume_size has at least.
  image_size = max(8, flatten([for image in data.aws_ami.given : [
    for device in image.block_device_mappings : tonumber(device.ebs.volume_size) if device.device_name == image.root_device_name && can(tonumber(device.ebs.volume_size))
  ]])...)
}

resource "aws_instance" "bastion" {
  count = local.here

  ami           = coalesce(var.ami_id, one(data.aws_ssm_parameter.image[*].insecure_value))
  instance_type = var.instance_type

  subnet_id                   = local.subnet.id
  associate_public_ip_address = false
  vpc_security_group_ids      = aws_security_group.bastion[*].id
  iam_instance_profile        = one(aws_iam_instance_profile.bastion[*].name)

  # A shutdown from inside is the end. user_data does not name the end itself: an extension would replace the instance.
  instance_initiated_shutdown_behavior = "terminate"
  user_data                            = var.auto_terminate ? local.user_data : null

  monitoring    = true
  ebs_optimized = true

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "enabled" # the guest timer reads ExpiresAt there
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = var.volume_size
    encrypted             = true
    kms_key_id            = var.kms_key_arn
    delete_on_termination = true
    tags                  = local.instance_tags
  }

  tags = local.instance_tags

  lifecycle {
    # A newer image or guest script, or a subnet that has room now, is for the next bastion.
    ignore_changes = [ami, user_data, subnet_id]

    precondition {
      condition     = alltrue([for key in keys(local.all_tags) : can(regex("^[A-Za-z0-9+=.,_:@-]+$", key)) && !contains([".", "..", "_index"], key)])
      error_message = "The metadata service, where the timer in the guest reads ExpiresAt, does not take ${join(", ", [for key in keys(local.all_tags) : jsonencode(key) if !can(regex("^[A-Za-z0-9+=.,_:@-]+$", key)) || contains([".", "..", "_index"], key)])} as the key of a tag: rename it in tags, or in the provider's default_tags."
    }
    precondition {
      condition     = var.volume_size >= local.image_size
      error_message = "volume_size is ${var.volume_size} GiB, and the image ${coalesce(var.ami_id, "of Amazon Linux")} needs ${local.image_size}: write volume_size = ${local.image_size} or more."
    }
  }

  # Open before it boots: the agent tries at once, and then waits longer and longer.
  depends_on = [
    aws_iam_role_policy.agent,
    aws_vpc_security_group_egress_rule.endpoints,
    aws_vpc_security_group_egress_rule.internet,
    aws_vpc_security_group_ingress_rule.endpoints,
  ]
}

locals {
  user_data = templatefile("${path.module}/guest/user-data.sh.tftpl", {
    script  = file("${path.module}/guest/bastion-expiry.sh")
    service = file("${path.module}/guest/bastion-expiry.service")
    timer   = file("${path.module}/guest/bastion-expiry.timer")
  })
}
