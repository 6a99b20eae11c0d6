package dev.bastion.slack.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.MemoryLedger;
import dev.bastion.slack.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Slack's limit of blocks, at the worst. */
class HomeViewTest {
    private static final int MOST_BLOCKS = 100;
    private static final AccessPolicy POLICY = policy();

    @Test
    void aThousandEnvironmentsAndAsManyRequestsAndGrantsFitIntoOnePage() {
        List<StatusReport.Line> lines = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            lines.add(line(new EnvironmentState.Closed(name("closed", number)), List.of(), List.of()));
            lines.add(line(open(Samples.MAX, number), waiting(Samples.JOHN), List.of()));
            lines.add(line(open(Samples.JANE, number), waiting(Samples.MAX), breakGlass(Samples.JANE, Samples.MAX)));
        }
        View home = HomeView.of(new StatusReport(lines, POLICY, outages()), Samples.MAX, List.of());
        assertThat(home.getBlocks()).hasSizeLessThanOrEqualTo(MOST_BLOCKS).hasSizeGreaterThan(60);
        assertThat(home.toString()).contains("… and 992 more in `/bastion me`", "… and 980 more: press");
    }

    @Test
    void anEqualReportGivesAnEqualPage() {
        List<StatusReport.Line> lines = List.of(line(open(Samples.MAX, 1), waiting(Samples.JOHN), List.of()));
        View one = HomeView.of(new StatusReport(lines, POLICY, outages()), Samples.MAX, List.of());
        assertThat(one).isEqualTo(HomeView.of(new StatusReport(lines, POLICY, outages()), Samples.MAX, List.of()));
        List<LayoutBlock> blocks = one.getBlocks();
        assertThat(blocks).isNotEmpty();
    }

    /** One with the most buttons: approvals count in Slack. */
    private static AccessPolicy policy() {
        MemoryLedger ledger = new MemoryLedger();
        ledger.inSlack = true;
        return ledger.lastSeen().policy();
    }

    private static List<Outage> outages() {
        return Stream.of(ExternalSystem.GIT, ExternalSystem.GITHUB, ExternalSystem.AWS)
                .map(system -> new Outage(new Fault.Later(system, "reading", "timed out"), Optional.empty()))
                .toList();
    }

    private static EnvironmentState open(Person holder, int number) {
        return new EnvironmentState.Open(grant(
                holder, name("open-" + holder.id().toLowerCase(Locale.ROOT), number)));
    }

    private static Grant grant(Person holder, EnvironmentName environment) {
        return new Grant(
                environment,
                RequestId.derivedFrom(holder.id() + environment),
                holder,
                Reason.of("<!channel> ".repeat(25)),
                Samples.START,
                Samples.END,
                Samples.OPENED,
                Optional.empty(),
                false);
    }

    private static EnvironmentName name(String kind, int number) {
        return new EnvironmentName(kind + "/team-" + number);
    }

    private static List<Proposal> waiting(Person requester) {
        Proposal proposal = requester.equals(Samples.JOHN)
                ? Samples.proposal()
                : Samples.proposal(new ProposedChange.Extension(
                        Samples.REQUEST,
                        Samples.grant(),
                        Samples.END.plusSeconds(60),
                        requester,
                        Samples.START,
                        Samples.END));
        return Collections.nCopies(3, proposal);
    }

    private static List<Grant> breakGlass(Person... holders) {
        return Stream.of(holders).map(holder -> grant(holder, Samples.PROD)).toList();
    }

    private static StatusReport.Line line(EnvironmentState state, List<Proposal> waiting, List<Grant> breakGlass) {
        Optional<BastionObservation> none = Optional.empty();
        return new StatusReport.Line(state, POLICY.rulesOf(state.environment()), none, true, waiting, breakGlass);
    }
}
