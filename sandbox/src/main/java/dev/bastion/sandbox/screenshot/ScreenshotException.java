package dev.bastion.sandbox.screenshot;

/** The failure to start the browser, to reach the expected state of a page, or to capture it. */
public final class ScreenshotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScreenshotException(String message) {
        super(message);
    }

    ScreenshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
