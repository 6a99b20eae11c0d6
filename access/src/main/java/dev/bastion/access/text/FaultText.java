package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;
import static dev.bastion.access.text.Text.quote;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.EnvironmentName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** The remark on an answer from memory. */
    public static Text asOf(Outage outage) {
        return outage.part().map(part -> ofPart(part, outage)).orElseGet(() -> ofSystem(outage.fault(), outage.asOf()));
    }

    /** Of a part alone: the other parts' answers are new. */
    private static Text ofPart(String part, Outage outage) {
        Text silence = outage.asOf()
                .map(at -> Text.of(sentenceStart(part), " has not answered since ", at, "."))
                .orElseGet(() -> Text.of(sentenceStart(part), " has never answered."));
        return outage.fault() instanceof Fault.Refused refused
                ? silence.then(Text.of(
                        sentenceStart(refused.system()),
                        " says \"",
                        quote(refused.answered()),
                        "\"; ask the platform team to change this: ",
                        quote(refused.remedy()),
                        "."))
                : silence;
    }

    private static Text ofSystem(Fault fault, Optional<Instant> asOf) {
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

    /**
     * The answer to a person who ended a grant that the ledger does not record as ended yet.
     *
     * @param terminated the ids of the instances that were terminated
     * @param terminationFault why the bastion could not be terminated
     */
    public static Text endPending(
            Fault fault, EnvironmentName environment, List<String> terminated, Optional<Fault> terminationFault) {
        Text ledger = Text.of(sentenceStart(fault.system()), cannotRecord(fault));
        if (terminationFault.isPresent()) {
            return Text.of(
                            ledger,
                            ", and the bastion of ",
                            environment,
                            " could not be terminated (",
                            quote(terminationFault.get().answered()),
                            ").")
                    .then(Text.of("I try both every few seconds; please terminate the instance in AWS."));
        }
        Text bastion = terminated.isEmpty()
                ? Text.of(", and no bastion of ", environment, " is running.")
                : Text.of(", so I terminated the bastion of ", environment, " now: ", codes(terminated), ".");
        return Text.of(ledger, bastion)
                .then(Text.of(
                        "I try to record the end every few seconds; until then git still says that ",
                        environment,
                        " is open."));
    }

    private static Text cannotRecord(Fault fault) {
        return fault instanceof Fault.Refused refused
                ? Text.of(" refuses to record the end (", quote(refused.answered()), ")")
                : Text.of(" is not answering");
    }

    private static Text codes(List<String> words) {
        Text all = Text.NONE;
        for (String word : words) {
            all = all.isEmpty() ? Text.of(code(word)) : Text.of(all, ", ", code(word));
        }
        return all;
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
        return sentenceStart(system.title());
    }

    private static String sentenceStart(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
