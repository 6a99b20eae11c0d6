package dev.bastion.app.config;

/** Text that must not be printed. */
public record Secret(String value) {
    public boolean isGiven() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
