package dev.bastion.github.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GitHub is not to be had just now: down, silent, or it wants to be asked less. Worth trying again. */
public final class GithubUnavailable extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean nothingDone;
    private final @Nullable Duration pause;

    private GithubUnavailable(String what, boolean nothingDone, @Nullable Duration pause, @Nullable Throwable cause) {
        super(what, cause);
        this.nothingDone = nothingDone;
        this.pause = pause;
    }

    /** It was not reached. */
    static GithubUnavailable unreached(IOException cause) {
        return new GithubUnavailable("GitHub was not reached: " + said(cause), true, null, cause);
    }

    /** The connection broke, or it was silent: whether it has done what was asked is unknown. */
    static GithubUnavailable broken(IOException cause) {
        return new GithubUnavailable("GitHub did not answer: " + said(cause), false, null, cause);
    }

    /** It made no token to sign with, so what was wanted was not even asked for. */
    static GithubUnavailable unsigned(IOException cause) {
        return new GithubUnavailable("GitHub made no token for the app: " + said(cause), true, null, cause);
    }

    /** An error of its own; whether it has done what was asked is unknown. */
    static GithubUnavailable trouble(int status, Optional<Duration> pause) {
        return new GithubUnavailable("GitHub answered " + status, false, pause.orElse(null), null);
    }

    /** It wants to be left alone for a while, and has done nothing. */
    static GithubUnavailable limited(String what, Duration pause) {
        return new GithubUnavailable(what, true, pause, null);
    }

    /** Whether it is certain that nothing was done, so that even what must happen once can be asked again. */
    public boolean nothingDone() {
        return nothingDone;
    }

    /** How long it is to be left alone, from now; empty when it does not say. */
    Optional<Duration> pause() {
        return Optional.ofNullable(pause);
    }

    private static String said(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
