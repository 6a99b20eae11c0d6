package dev.bastion.access.text;

import static dev.bastion.access.text.Text.quote;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The words of every {@link Fault}, for people: one sentence and one remedy for each kind. */
public final class FaultText {
    private FaultText() {}

    /** The answer to the person whose command met the fault. */
    public static Text ofCommand(Fault fault) {
        String system = sentenceStart(fault.system());
        return switch (fault) {
            case Fault.Refused refused ->
                Text.of(system, " refuses this: ", quote(refused.answered()), ".")
                        .then(askThePlatformTeam(refused));
            case Fault.Unknown _ ->
                Text.of(
                        system,
                        " did not answer, so it is not known whether this was done. I look, and the message in the"
                                + " channel will show what I find.");
            case Fault.Later later ->
                Text.of(
                        system,
                        cannotNow(later),
                        ", and nothing was done. Please run the command again ",
                        when(later),
                        ".");
        };
    }

    /**
     * Why an announced request failed, for its message: a clause without a period. Only for what is certain; a request whose
     * fault is {@link Fault.Unknown} may have been recorded.
     */
    public static Text ofRequest(Fault fault) {
        String system = fault.system().title();
        return switch (fault) {
            case Fault.Refused refused ->
                Text.of(
                        system,
                        " refuses it (",
                        quote(refused.answered()),
                        "); ask the platform team to change this: ",
                        quote(refused.remedy()));
            case Fault.Unknown _ -> Text.of(system, " did not answer");
            case Fault.Later later -> Text.of(system, cannotNow(later), "; please request again ", when(later));
        };
    }

    /** What an announced request's message says while it is not known whether it was recorded. */
    public static Text unknownRequest(Fault.Unknown fault) {
        return Text.of(
                sentenceStart(fault.system()),
                " did not answer, so it is not known whether the request was recorded. I look again before anything is"
                        + " tried, and then update this message.");
    }

    /**
     * The remark on an answer from memory.
     *
     * @param asOf when what is shown was read; empty when nothing was read since the start
     */
    public static Text asOf(Fault fault, Optional<Instant> asOf) {
        Text why = fault instanceof Fault.Refused refused
                ? Text.of(
                        sentenceStart(fault.system()),
                        " refuses my calls (",
                        quote(refused.answered()),
                        "); ask the platform team to change this: ",
                        quote(refused.remedy()),
                        ".")
                : Text.of(sentenceStart(fault.system()), " is not answering.");
        return asOf.map(at -> Text.of("As of ", at, "."))
                .orElseGet(() -> Text.of(sentenceStart(fault.system()), " has told me nothing since I started."))
                .then(why);
    }

    private static Text askThePlatformTeam(Fault.Refused refused) {
        return Text.of("Please ask the platform team to change this: ", quote(refused.remedy()), ".");
    }

    private static String cannotNow(Fault.Later later) {
        return later.retryAfter().isPresent() ? " limits my calls" : " is not answering";
    }

    private static String when(Fault.Later later) {
        return later.retryAfter().map(pause -> "in " + rounded(pause)).orElse("in a few minutes");
    }

    private static String rounded(Duration pause) {
        long minutes = (pause.toSeconds() + 59) / 60;
        return pause.toSeconds() <= 60 ? Math.max(1, pause.toSeconds()) + " seconds" : minutes + " minutes";
    }

    private static String sentenceStart(ExternalSystem system) {
        String title = system.title();
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
