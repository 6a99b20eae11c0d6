package dev.bastion.hcl.model;

/** {@code null}: as if nothing had been written. */
public record NullLiteral() implements Literal {
    @Override
    public String hcl() {
        return "null";
    }
}
