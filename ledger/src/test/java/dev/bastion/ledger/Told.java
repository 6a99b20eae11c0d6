package dev.bastion.ledger;

import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.Announcer;
import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.ExpiryTimer;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantStory;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Person;
import dev.bastion.access.Proposal;
import dev.bastion.access.ProposalStage;
import dev.bastion.access.ProposalStory;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.Wanting;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What people would have been told, and what would have been timed. */
final class Told implements Announcer, ExpiryTimer {
    final List<ProposalStage> stages = new CopyOnWriteArrayList<>();
    final List<Grant> armed = new CopyOnWriteArrayList<>();
    final List<List<Wanting>> alarms = new CopyOnWriteArrayList<>();

    ProposalStage last() {
        return stages.getLast();
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        return Optional.of(Samples.SHOWN);
    }

    @Override
    public void cameToNothing(AnnouncementRef announcement, LedgerChange.Open change, String why) {}

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        return Optional.of(Samples.SHOWN);
    }

    @Override
    public void cameToNothing(AnnouncementRef announcement, ProposedChange change, String why) {}

    @Override
    public void show(ProposalStory story) {
        stages.add(story.stage());
    }

    @Override
    public void askToApprove(Proposal proposal, List<Person> approvers, int round) {}

    @Override
    public void brokeGlass(Grant grant, List<Person> approvers) {}

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, List<Wanting> missing) {
        alarms.add(missing);
    }

    @Override
    public void show(GrantStory story) {}

    @Override
    public boolean hasShownGone(PastGrant past) {
        return false;
    }

    @Override
    public void arm(Grant grant) {
        armed.add(grant);
    }

    @Override
    public void disarm(EnvironmentName environment) {}
}
