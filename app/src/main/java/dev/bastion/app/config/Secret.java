package dev.bastion.app.config;

/** A secret, whose value is never printed. */
public record Secret(String value) {
    public boolean isGiven() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
