package dev.bastion.app.api;

/** A body that is no JSON object of the expected form. */
final class MalformedBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedBody(String detail) {
        super(detail);
    }
}
