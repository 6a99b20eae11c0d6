package dev.bastion.apply.stack;

import dev.bastion.apply.run.Progress;

/** The exception for an expression that only Terragrunt can evaluate. */
final class NeedsTerragrunt extends Exception {
    private static final long serialVersionUID = 1;

    NeedsTerragrunt(String expression) {
        super(Progress.oneLine(expression));
    }
}
