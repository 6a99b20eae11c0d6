package dev.bastion.apply.stack;

import dev.bastion.apply.run.Progress;

/** An expression that only Terragrunt can evaluate. */
final class NeedsTerragrunt extends Exception {
    private static final long serialVersionUID = 1;

    NeedsTerragrunt(String expression) {
        super(Progress.oneLine(expression));
    }
}
