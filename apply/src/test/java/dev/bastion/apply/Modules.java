package dev.bastion.apply;

/** Small modules with the bastion module's structure: gated resources, and a log group outside the gate. */
public final class Modules {
    private Modules() {}

    private static final String GATED = """
        variable "deploy_bastion" { type = number }
        variable "expires_at" { type = string }
        variable "vpc_id" {
          type    = string
          default = null
        }
        variable "description" {
          type    = string
          default = "a bastion"
        }
        variable "commit_sha" {
          type    = string
          default = ""
        }
        variable "request_id" {
          type    = string
          default = ""
        }

        locals {
          is_open = var.deploy_bastion == 1 && timecmp(coalesce(var.expires_at, "1970-01-01T00:00:00Z"), plantimestamp()) > 0
        }

        resource "aws_cloudwatch_log_group" "sessions" {
          name = "/bastion/sessions"
        }

        resource "aws_security_group" "bastion" {
          count       = local.is_open ? 1 : 0
          name        = "bastion"
          description = var.description
          vpc_id      = var.vpc_id
        }

        output "is_open" { value = local.is_open }
        output "commit_sha" { value = var.commit_sha }
        output "password" {
          value     = "secret"
          sensitive = true
        }
        """;

    /** A module whose resources end with the grant. */
    public static String gated() {
        return GATED;
    }

    /** A module with one resource that lacks the gate. */
    static String leaking() {
        return GATED + """

            resource "aws_security_group" "forgotten" {
              name        = "forgotten"
              description = "stays"
              vpc_id      = var.vpc_id
            }
            """;
    }

    /** A module with an instance that has the environment's name as its tag. */
    static String named() {
        return GATED + """

            variable "environment" { type = string }

            resource "aws_instance" "bastion" {
              count         = local.is_open ? 1 : 0
              ami           = "ami-12c6146b"
              instance_type = "t4g.nano"
              tags          = { Environment = var.environment }
            }
            """;
    }

    /** A module that takes 30 s to open and creates nothing in AWS. */
    static String slow() {
        return """
            variable "deploy_bastion" { type = number }
            variable "expires_at" { type = string }

            resource "terraform_data" "slow" {
              count = var.deploy_bastion
              provisioner "local-exec" { command = "echo begun; exec sleep 30" }
            }
            """;
    }

    /** A module that outputs its input. */
    public static String echo() {
        return GATED + """

            variable "echo" { type = any }
            output "echo" { value = var.echo }
            """;
    }
}
