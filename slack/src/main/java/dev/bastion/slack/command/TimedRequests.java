package dev.bastion.slack.command;

import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.slack.grammar.Length;
import dev.bastion.slack.grammar.Start;
import dev.bastion.slack.message.RequestDraft;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The meaning of a request's times in the person's own zone: a request, or what the modal must ask. */
record TimedRequests(InstantSource clock) {
    sealed interface Meaning {
        record Understood(Command.Create request) implements Meaning {}

        record Doubtful(RequestDraft draft) implements Meaning {}
    }

    /** @param zone of the person's Slack profile */
    Meaning of(Command.CreateAt asked, Optional<ZoneId> zone) {
        if (zone.isEmpty() && !needsNoZone(asked)) {
            return ask(
                    asked, "Your Slack profile has no time zone, so I cannot read the times. When do you want access?");
        }
        ZoneId here = zone.orElse(ZoneOffset.UTC);
        Instant now = clock.instant();
        return asked.start()
                .map(start -> switch (start.in(here, now)) {
                    case Start.Meaning.At(Instant moment) -> later(asked, Timestamps.wholeSeconds(moment), here);
                    case Start.Meaning.Doubtful(String question) -> ask(asked, question);
                })
                .orElseGet(() -> now(asked, here, now));
    }

    private static boolean needsNoZone(Command.CreateAt asked) {
        return asked.start().filter(Start.In.class::isInstance).isPresent()
                && !(asked.length() instanceof Length.Until);
    }

    private static Meaning later(Command.CreateAt asked, Instant start, ZoneId zone) {
        Optional<GrantDuration> duration = switch (asked.length()) {
            case Length.Default _ -> Optional.empty();
            case Length.For(GrantDuration length) -> Optional.of(length);
            case Length.Until until -> Optional.of(until.after(start, zone));
        };
        return new Meaning.Understood(new Command.Create(
                asked.environment(), duration, asked.reason(), asked.breakGlass(), Optional.of(start)));
    }

    private static Meaning now(Command.CreateAt asked, ZoneId zone, Instant now) {
        return switch (asked.length()) {
            case Length.Default _ -> understood(asked, Optional.empty());
            case Length.For(GrantDuration length) -> understood(asked, Optional.of(length));
            case Length.Until until ->
                until.from(now, zone)
                        .map(length -> understood(asked, Optional.of(length)))
                        .orElseGet(() -> ask(asked, isOver(until.time(), zone)));
        };
    }

    private static Meaning understood(Command.CreateAt asked, Optional<GrantDuration> duration) {
        return new Meaning.Understood(
                new Command.Create(asked.environment(), duration, asked.reason(), asked.breakGlass()));
    }

    private static String isOver(LocalTime end, ZoneId zone) {
        return end + " is over today in " + zone + ". How long do you want access?";
    }

    private static Meaning ask(Command.CreateAt asked, String question) {
        Optional<GrantDuration> duration =
                asked.length() instanceof Length.For(GrantDuration length) ? Optional.of(length) : Optional.empty();
        return new Meaning.Doubtful(new RequestDraft(
                asked.environment(), duration, asked.reason().text(), asked.breakGlass(), List.of(question)));
    }
}
