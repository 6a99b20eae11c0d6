package dev.bastion.cli.request;

/** The exit codes of the commands that ask the API. */
final class ExitCodes {
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int UNAVAILABLE = 3;
    static final int NOT_READY = 4;

    static final String HEADING = "Exit codes:%n";
    static final String DONE_TEXT = "0:done";
    static final String REFUSED_TEXT = "1:the policy or the API refused it";
    static final String USAGE_TEXT = "2:wrong usage, or no token";
    static final String UNAVAILABLE_TEXT = "3:the API, or a system behind it, does not answer; try again";
    static final String NOT_READY_TEXT = "4:--wait ended before it was ready";

    private ExitCodes() {}
}
