package dev.bastion.cli.connect;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Finding.Status;
import dev.bastion.access.grant.BastionObservation.Engine;
import dev.bastion.app.aws.PersonalAccess;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalBastion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The check of what a connection needs, without connecting: what {@code --check} prints. */
final class ConnectCheck {
    private final ConnectRequest request;
    private final Map<String, String> environment;
    private final Installation installation;
    private final List<Finding> found = new ArrayList<>();

    ConnectCheck(ConnectRequest request, Map<String, String> environment, Installation installation) {
        this.request = request;
        this.environment = Map.copyOf(environment);
        this.installation = installation;
    }

    /**
     * Looks at this machine and at AWS.
     *
     * @param open the access; throws where the configuration has none
     * @param search finds the bastion without waiting
     * @param diagnose looks at the bastion's parts in AWS, as far as the person may
     */
    <A extends PersonalAccess> List<Finding> look(
            Supplier<A> open, Function<A, PersonalBastion> search, Function<A, List<Finding>> diagnose) {
        examine("plugin", () -> Plugin.find(environment, installation).description());
        request.client().ifPresent(client -> examine("client", () -> client(client)));
        access(open).ifPresent(person -> {
            try (person) {
                examine("credentials", person::identity);
                examine("bastion", () -> description(search.apply(person)));
                if (isComplete(found)) {
                    found.addAll(inBrief(diagnose.apply(person)));
                }
            }
        });
        return List.copyOf(found);
    }

    private <A extends PersonalAccess> Optional<A> access(Supplier<A> open) {
        try {
            A access = open.get();
            found.add(Finding.ok(Area.AWS, "region", access.region()));
            return Optional.of(access);
        } catch (PersonalAccessFailed failure) {
            found.add(problem("region", String.valueOf(failure.getMessage()), failure.remedy()));
            return Optional.empty();
        }
    }

    /** What a person may not look at is no fault of the connection: one line says how much it is. */
    private List<Finding> inBrief(List<Finding> diagnosis) {
        List<Finding> seen = diagnosis.stream()
                .filter(finding -> !finding.is(Status.UNKNOWN))
                .toList();
        int unseen = diagnosis.size() - seen.size();
        Stream<Finding> rest = unseen == 0
                ? Stream.empty()
                : Stream.of(Finding.unknown(
                        Area.AWS,
                        "the rest",
                        "your permissions do not show " + unseen + " more",
                        "run `/bastion doctor " + request.environment() + "` in Slack, which sees them"));
        return Stream.concat(seen.stream(), rest).toList();
    }

    private String client(ClientProgram client) {
        LocalDatabase sample = new LocalDatabase(Engine.OTHER, 0, Optional.empty(), Optional.empty(), Optional.empty());
        return client.command(sample, Programs.of(environment), installation).getFirst();
    }

    private static String description(PersonalBastion bastion) {
        return bastion.instance()
                + (bastion.holder().isEmpty() ? "" : ", open for " + bastion.holder())
                + bastion.expiresAt().map(end -> " until " + end).orElse("");
    }

    private void examine(String subject, Supplier<String> check) {
        try {
            found.add(Finding.ok(Area.AWS, subject, check.get()));
        } catch (ConnectRefused refusal) {
            found.add(problem(subject, String.valueOf(refusal.getMessage()), refusal.remedy()));
        } catch (PersonalAccessFailed failure) {
            found.add(failed(subject, failure));
        }
    }

    private static Finding failed(String subject, PersonalAccessFailed failure) {
        String words = String.valueOf(failure.getMessage());
        return failure.reason() == PersonalAccessFailed.Reason.UNREACHABLE
                ? Finding.unknown(Area.AWS, subject, withoutStop(words), failure.remedy())
                : problem(subject, words, failure.remedy());
    }

    private static Finding problem(String subject, String meaning, String remedy) {
        return Finding.problem(Area.AWS, subject, withoutStop(meaning), remedy);
    }

    /** A finding's line goes on behind it. */
    private static String withoutStop(String sentence) {
        return sentence.replaceFirst("\\.$", "");
    }

    /** Whether nothing is known to be missing. */
    static boolean isComplete(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.is(Status.PROBLEM));
    }
}
