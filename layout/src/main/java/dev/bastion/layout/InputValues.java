package dev.bastion.layout;

/** What the inputs of an environment file may be. */
public enum InputValues {
    /** Literals alone: both drivers read them, and nothing is evaluated. */
    LITERAL,
    /** Also {@code local}, {@code dependency} and pure functions, which only Terragrunt evaluates. */
    COMPUTED
}
