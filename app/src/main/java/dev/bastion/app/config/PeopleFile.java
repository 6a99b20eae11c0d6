package dev.bastion.app.config;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.ExternalMembers;
import dev.bastion.access.rules.PeopleDirectory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The people file: each person's Slack id, name and GitHub login, the user at PagerDuty, the machines, the groups, and the
 * OIDC identities.
 *
 * @param groups the member ids of each group, by group name
 */
record PeopleFile(Map<String, Set<String>> groups, PeopleDirectory people) {
    static final PeopleFile EMPTY = new PeopleFile(Map.of(), PeopleDirectory.NOBODY);

    private static final int MOST_SHOWN = 20;
    private static final String GROUP = "group:";
    private static final String MACHINES = "machine:";
    private static final Pattern MACHINE = Pattern.compile("machine:([a-z0-9][a-z0-9-]{0,39})");
    private static final SettingType<String> ID = new SettingType<>(
                    "a Slack user id, or machine:<name> of small letters, digits and -",
                    "U12345678",
                    text -> personId(text).orElseGet(() -> new SlackId(text).value()))
            .asString();
    private static final SettingType<String> NAME = new SettingType<>(
                    "a name of letters, digits and . _ -", "john.doe", text -> new Person("nobody", text).name())
            .asString();
    private static final SettingType<String> LOGIN = new SettingType<>(
                    "a person's GitHub login",
                    "johndoe",
                    text -> GithubLogin.ofPerson(text).value())
            .asString();

    private static final SettingType<String> PAGERDUTY = SettingType.matching(
                    "[PQ][A-Z0-9]{3,31}", "a PagerDuty user id, the last part of the user's page", "PXPGF42")
            .asString();

    static PeopleFile read(byte[] content, ProblemCollector problems) {
        SettingsSection file = SettingsSection.of(content, problems);
        PeopleDirectory people = people(file);
        Map<String, Set<String>> groups =
                groups(file.section("groups"), people.all().keySet());
        PeopleDirectory identified = people.identifiedBy(OidcIdentities.read(file, people.all()));
        file.finish();
        return new PeopleFile(groups, identified);
    }

    private static PeopleDirectory people(SettingsSection file) {
        Map<String, Person> logins = new TreeMap<>();
        Map<String, Person> all = new HashMap<>();
        Map<String, Person> onCall = new HashMap<>();
        for (SettingsSection entry : file.elements("people")) {
            String id = entry.required("id", ID, "");
            String name = entry.required("name", NAME, "");
            String login = entry.optional("github", LOGIN, "");
            String pagerduty = entry.optional("pagerduty", PAGERDUTY, "");
            entry.finish();
            // a missing value is a problem already, so this person is never used
            Person person = new Person(id.isEmpty() ? "missing-" + all.size() : id, name.isEmpty() ? "missing" : name);
            if (person.isMachine() && !login.isEmpty()) {
                entry.problem("github", "is set, but a machine approves nothing; remove it");
            }
            if (all.put(person.id(), person) != null) {
                entry.problem("id", id + " occurs twice; keep one entry per person");
            }
            if (!login.isEmpty() && logins.put(GithubLogin.key(login), person) != null) {
                entry.problem("github", login + " occurs twice; two people cannot share a login");
            }
            if (person.isMachine() && !pagerduty.isEmpty()) {
                entry.problem("pagerduty", "is set, but a machine is never on call; remove it");
            }
            if (!pagerduty.isEmpty() && onCall.put(pagerduty, person) != null) {
                entry.problem("pagerduty", pagerduty + " occurs twice; two people cannot share a user");
            }
        }
        return new PeopleDirectory(logins, all).onCallAs(onCall);
    }

    private static Map<String, Set<String>> groups(SettingsSection groups, Set<String> ids) {
        Map<String, Set<String>> members = new TreeMap<>();
        for (String name : groups.keys()) {
            Set<String> listed = new TreeSet<>();
            for (String written : groups.names(name).orElse(List.of())) {
                String id = personId(written).orElse(written);
                listed.add(id);
                if (isExternal(written)) {
                    groups.problem(
                            name,
                            written + " cannot be in a group, whose members stand in this file; name it in"
                                    + " access-policy.yaml beside the group");
                } else if (!ids.contains(id)) {
                    groups.problem(name, written + " is not in people; add an entry for this person");
                }
            }
            members.put(name, listed);
        }
        return members;
    }

    /** The entries of the file: people, and members of groups. */
    int size() {
        return people.all().size()
                + groups.values().stream().mapToInt(Set::size).sum();
    }

    /** The audience of {@code everyone}, {@code group:<name>}, ids, and audiences of other systems. */
    Audience audience(List<String> names, Consumer<String> problem) {
        Set<String> members = new TreeSet<>();
        Set<ExternalAudience> external = new TreeSet<>();
        boolean everyone = false;
        for (String name : names) {
            if (name.equals("everyone")) {
                everyone = true;
            } else if (name.startsWith(GROUP)) {
                members.addAll(group(name.substring(GROUP.length()), problem));
            } else if (isExternal(name)) {
                external(name, problem).ifPresent(external::add);
            } else {
                members.add(id(name, problem));
            }
        }
        return new Audience(
                everyone,
                members,
                external.stream().map(ExternalMembers::unknown).toList());
    }

    private static boolean isExternal(String name) {
        return ExternalAudience.isWrittenLike(name) && !name.startsWith(MACHINES);
    }

    private static Optional<ExternalAudience> external(String name, Consumer<String> problem) {
        try {
            return Optional.of(ExternalAudience.parse(name));
        } catch (IllegalArgumentException e) {
            problem.accept(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The same of people who agree with others' access. A machine that is named is a problem. */
    Audience approvers(List<String> names, Consumer<String> problem) {
        Audience approvers = audience(names, problem);
        people.membersOf(approvers).stream()
                .filter(Person::isMachine)
                .forEach(machine -> problem.accept("includes the machine " + machine.name()
                        + ", and machines approve nothing; name people alone"));
        return approvers;
    }

    /** The members whose approval can count: those with a GitHub login, by name. */
    List<Person> withLogin(Audience audience) {
        return people.byLogin().values().stream()
                .filter(audience::includes)
                .distinct()
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }

    /** The members, by name. */
    List<Person> in(Audience audience) {
        return people.all().values().stream()
                .filter(audience::includes)
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }

    private Set<String> group(String name, Consumer<String> problem) {
        Set<String> members = groups.get(name);
        if (members == null) {
            problem.accept("group " + name + " is not in people.yaml; its groups are "
                    + groups.keySet().stream().limit(MOST_SHOWN).toList());
            return Set.of();
        }
        return members;
    }

    /** The id of the machine that is written {@code machine:<name>}; empty for what is written otherwise. */
    static Optional<String> personId(String written) {
        return Optional.of(MACHINE.matcher(written))
                .filter(Matcher::matches)
                .map(name -> Person.machineId(name.group(1)));
    }

    private static String id(String name, Consumer<String> problem) {
        try {
            return personId(name).orElseGet(() -> new SlackId(name).value());
        } catch (InvalidValue _) {
            problem.accept(
                    "\"" + name + "\" is not everyone, group:<name>, machine:<name> or a Slack user id; write one like"
                            + " \"U12345678\", which the person's Slack profile shows as member id");
            return "nobody";
        }
    }
}
