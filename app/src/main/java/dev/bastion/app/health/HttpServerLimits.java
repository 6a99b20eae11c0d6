package dev.bastion.app.health;

import java.util.Map;

/**
 * The limits of the Java platform's HTTP server, which are properties of the process and read when its first server starts.
 * A property that is set already, on the command line, stays.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/api/jdk.httpserver/module-summary.html">jdk.httpserver</a>
 */
public final class HttpServerLimits {
    private static final Map<String, String> LIMITS = Map.of(
            // seconds from a request's first byte to its last: a caller who sends a byte a second is cut off
            "sun.net.httpserver.maxReqTime", "10",
            // seconds for an answer: the longest call waits for git and GitHub
            "sun.net.httpserver.maxRspTime", "120",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "jdk.httpserver.maxConnections", "256");

    private HttpServerLimits() {}

    /** Sets the limits for every server that starts later. */
    public static void apply() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
