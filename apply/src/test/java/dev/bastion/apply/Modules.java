package dev.bastion.apply;

/** Small modules, shaped as the bastion module is: a gate, and a log group outside it. */
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

    /** Ends when its grant ends. */
    public static String gated() {
        return GATED;
    }

    /** Somebody forgot the gate of one resource. */
    static String leaking() {
        return GATED + """

                resource "aws_security_group" "forgotten" {
                  name        = "forgotten"
                  description = "stays"
                  vpc_id      = var.vpc_id
                }
                """;
    }

    /** Takes half a minute to open, and is nothing but that: of a run that is killed AWS keeps nothing. */
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

    /** Gives back what it got. */
    public static String echo() {
        return GATED + """

                variable "echo" { type = any }
                output "echo" { value = var.echo }
                """;
    }
}
