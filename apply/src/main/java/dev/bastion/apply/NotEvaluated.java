package dev.bastion.apply;

/** An expression that only Terragrunt can evaluate. */
final class NotEvaluated extends Exception {
    private static final long serialVersionUID = 1;

    NotEvaluated(String expression) {
        super(Progress.oneLine(expression));
    }
}
