package dev.bastion.simulation.world;

import java.util.List;

/** The people of the world. */
public final class People {
    /**
     * A person.
     *
     * @param slack the Slack id
     * @param name as people.yaml has it
     * @param login at GitHub
     */
    public record Someone(String slack, String name, String login) {}

    public static final List<Someone> ALL = List.of(
            new Someone("U12345678", "john.doe", "johndoe"),
            new Someone("U23456789", "jane.roe", "janeroe"),
            new Someone("U34567890", "max.mustermann", "maxm"),
            new Someone("U66666666", "mallory", "mallory"));

    /** The Slack ids of those who may approve. */
    public static final List<String> APPROVERS = List.of("U23456789", "U34567890");

    /** The Slack ids of those who may request {@code staging}. */
    public static final List<String> DEVELOPERS = List.of("U12345678", "U23456789");

    private People() {}
}
