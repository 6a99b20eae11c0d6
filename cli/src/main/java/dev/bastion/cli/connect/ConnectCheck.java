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
import java.util.function.Supplier;

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
     */
    List<Finding> look(
            Supplier<PersonalAccess> open, java.util.function.Function<PersonalAccess, PersonalBastion> search) {
        examine("plugin", () -> Plugin.find(environment, installation).description());
        request.client().ifPresent(client -> examine("client", () -> client(client)));
        Optional<PersonalAccess> access = access(open);
        access.ifPresent(person -> {
            try (person) {
                examine("credentials", person::identity);
                examine("bastion", () -> bastion(person, search.apply(person)));
            }
        });
        return List.copyOf(found);
    }

    private Optional<PersonalAccess> access(Supplier<PersonalAccess> open) {
        try {
            PersonalAccess access = open.get();
            found.add(Finding.ok(Area.AWS, "region", access.region()));
            return Optional.of(access);
        } catch (PersonalAccessFailed failure) {
            found.add(problem("region", String.valueOf(failure.getMessage()), failure.remedy()));
            return Optional.empty();
        }
    }

    private String client(ClientProgram client) {
        LocalDatabase sample = new LocalDatabase(Engine.OTHER, 0, Optional.empty(), Optional.empty(), Optional.empty());
        return client.command(sample, Programs.of(environment), installation).getFirst();
    }

    private String bastion(PersonalAccess access, PersonalBastion bastion) {
        examine("agent", () -> agent(access, bastion));
        return bastion.instance()
                + (bastion.holder().isEmpty() ? "" : ", open for " + bastion.holder())
                + bastion.expiresAt().map(end -> " until " + end).orElse("");
    }

    private static String agent(PersonalAccess access, PersonalBastion bastion) {
        if (!access.isOnline(bastion.instance())) {
            throw new ConnectRefused(
                    ExitCode.TRY_AGAIN,
                    "the agent of " + bastion.instance() + " is not online in SSM",
                    "wait up to 90 s after the start; then run `/bastion doctor` in Slack");
        }
        return "online in SSM";
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

    /** Who may not look at the agent can connect all the same. */
    private static Finding failed(String subject, PersonalAccessFailed failure) {
        String words = String.valueOf(failure.getMessage());
        boolean isOnlyUnseen = subject.equals("agent") || failure.reason() == PersonalAccessFailed.Reason.UNREACHABLE;
        return isOnlyUnseen
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
