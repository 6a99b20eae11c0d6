package dev.bastion.slack.status;

import dev.bastion.access.observation.Observation;
import dev.bastion.slack.message.HumanDuration;
import dev.bastion.slack.web.Mrkdwn;
import java.util.List;
import java.util.stream.Collectors;

/** What the ledger knows of a past grant's bastion, in words; the same for every reader at any time. */
final class ObservedBastion {
    private ObservedBastion() {}

    /** The clauses of the observations, each after a comma; empty text when there are none. */
    static String of(List<Observation> observations) {
        return observations.stream().map(ObservedBastion::clause).collect(Collectors.joining());
    }

    private static String clause(Observation observation) {
        return switch (observation) {
            case Observation.Ready ready -> ", ready after " + HumanDuration.of(ready.afterOpening());
            case Observation.Gone gone -> ", gone at " + Mrkdwn.moment(gone.at());
            case Observation.Sessions sessions -> ", sessions: " + sessions.total();
            case Observation.Approved _,
                    Observation.Denied _,
                    Observation.Lapsed _,
                    Observation.Withdrawn _,
                    Observation.Refused _ -> "";
        };
    }
}
