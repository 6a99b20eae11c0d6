package dev.bastion.sandbox.github.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The teams of organizations, by organization and slug: {@code acme/dba}. */
public final class Teams {
    private final Map<String, Team> teams = new ConcurrentHashMap<>();

    private record Team(List<String> members, Optional<String> parent) {}

    /** Makes a team, or changes the one of this name. */
    public void put(String team, String... members) {
        teams.put(team, new Team(List.of(members), Optional.empty()));
    }

    /** The same below another team, whose members its members count as. */
    public void putBelow(String parent, String team, String... members) {
        teams.put(team, new Team(List.of(members), Optional.of(parent)));
    }

    public void delete(String team) {
        teams.remove(team);
    }

    /** The logins of the team's members and of its child teams'; empty when there is no such team. */
    public Optional<List<String>> members(String team) {
        return teams.containsKey(team)
                ? Optional.of(all(team).distinct().sorted().toList())
                : Optional.empty();
    }

    private Stream<String> all(String team) {
        Stream<String> children = teams.entrySet().stream()
                .filter(entry -> entry.getValue().parent().filter(team::equals).isPresent())
                .map(Map.Entry::getKey)
                .flatMap(this::all);
        Stream<String> own = Optional.ofNullable(teams.get(team)).stream().flatMap(found -> found.members().stream());
        return Stream.concat(own, children);
    }
}
