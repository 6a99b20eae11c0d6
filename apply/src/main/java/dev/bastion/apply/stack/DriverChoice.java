package dev.bastion.apply.stack;

/** The caller's choice of a driver. */
public enum DriverChoice {
    /** CDKTF if the inputs are literals; Terragrunt otherwise. */
    AUTO,
    TERRAGRUNT,
    CDKTF
}
