package dev.bastion.apply.stack;

/** Which driver the caller wants. */
public enum DriverChoice {
    /** CDKTF where the inputs are literals; Terragrunt where the file needs it. */
    AUTO,
    TERRAGRUNT,
    CDKTF
}
