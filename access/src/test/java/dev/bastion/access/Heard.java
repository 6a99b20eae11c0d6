package dev.bastion.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people would have been told. */
final class Heard implements Announcer {
    static final AnnouncementRef MESSAGE = new AnnouncementRef("C1/1736937000.000100");

    final List<Stage> stages = new ArrayList<>();
    final List<String> nothing = new ArrayList<>();
    final List<RequestId> gone = new ArrayList<>();
    final List<ProposalStage> proposals = new ArrayList<>();
    private final java.util.Set<RequestId> ended = new java.util.HashSet<>();
    final List<String> asked = new ArrayList<>();
    final List<Grant> glass = new ArrayList<>();
    final List<CommitId> alarmedBy = new ArrayList<>();
    final List<List<Wanting>> alarms = new ArrayList<>();
    boolean deaf;

    List<String> names() {
        return stages.stream().map(stage -> stage.getClass().getSimpleName()).toList();
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        return deaf ? Optional.empty() : Optional.of(MESSAGE);
    }

    @Override
    public void cameToNothing(AnnouncementRef announcement, LedgerChange.Open change, String why) {
        nothing.add(why);
    }

    @Override
    public void show(GrantStory story) {
        stages.add(story.stage());
        if (story.stage() instanceof Stage.Gone) {
            gone.add(story.grant().request());
        }
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        return gone.contains(past.grant().request());
    }

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        return deaf ? Optional.empty() : Optional.of(MESSAGE);
    }

    @Override
    public void cameToNothing(AnnouncementRef announcement, ProposedChange change, String why) {
        nothing.add(why);
    }

    @Override
    public void show(ProposalStory story) {
        boolean isOver = ended.contains(story.proposal().id());
        if (story.stage().isEnding()) {
            ended.add(story.proposal().id());
        }
        if (!isOver && (proposals.isEmpty() || !proposals.getLast().equals(story.stage()))) {
            proposals.add(story.stage());
        }
    }

    @Override
    public void askToApprove(Proposal proposal, List<Person> approvers, int round) {
        String names = approvers.stream().map(Person::name).toList() + " round " + round;
        if (!asked.contains(names)) {
            asked.add(names);
        }
    }

    @Override
    public void brokeGlass(Grant grant, List<Person> approvers) {
        glass.add(grant);
    }

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, List<Wanting> missing) {
        alarms.add(missing);
        alarmedBy.add(by);
    }
}
