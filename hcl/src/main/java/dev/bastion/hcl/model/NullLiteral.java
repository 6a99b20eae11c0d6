package dev.bastion.hcl.model;

/** The literal {@code null}, which equals a missing value. */
public record NullLiteral() implements Literal {
    @Override
    public String hcl() {
        return "null";
    }
}
