package dev.bastion.hcl.model;

/** {@code true} or {@code false}. */
public record BooleanLiteral(boolean isTrue) implements Literal {
    @Override
    public String hcl() {
        return Boolean.toString(isTrue);
    }
}
