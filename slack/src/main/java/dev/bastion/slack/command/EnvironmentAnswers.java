package dev.bastion.slack.command;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.message.DiagnosisMessage;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.message.RequirementList;
import dev.bastion.slack.status.StatusMessages;
import dev.bastion.slack.web.SlackMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The answers to questions about one environment. */
final class EnvironmentAnswers {
    private static final int HISTORY = 10;

    private final UseCases cases;
    private final StatusMessages messages;
    private final InstantSource clock;

    EnvironmentAnswers(UseCases cases, StatusMessages messages, InstantSource clock) {
        this.cases = cases;
        this.messages = messages;
        this.clock = clock;
    }

    SlackMessage doctor(Person person, EnvironmentName environment) {
        return DiagnosisMessage.of(cases.doctor().diagnose(person, environment));
    }

    SlackMessage history(EnvironmentName environment, boolean namesSlot) {
        List<Outage> outages = new ArrayList<>();
        LedgerSnapshot snapshot = cases.status().snapshot(outages::add);
        List<EnvironmentState> states = (namesSlot
                        ? EnvironmentSlots.only(snapshot, environment)
                        : EnvironmentSlots.of(snapshot, environment))
                .states();
        List<PastGrant> past = states.stream()
                .flatMap(state -> cases.ledger().history(state.environment(), HISTORY).stream())
                .sorted(Comparator.comparing(PastGrant::endedAt).reversed())
                .limit(HISTORY)
                .toList();
        SlackMessage message = states.isEmpty()
                ? SlackMessage.of(ErrorText.of(snapshot.unknown(environment)))
                : messages.history(states, past, cases.observations()::of);
        return StatusMessages.asOf(message, outages);
    }

    /** One environment in detail, or the list of its slots. */
    SlackMessage status(EnvironmentName environment, boolean namesSlot) {
        StatusReport report = cases.status().all();
        List<StatusReport.Line> slots = report.lines().stream()
                .filter(line -> line.state().environment().sharesSlotsWith(environment))
                .toList();
        return namesSlot || environment.namesSlot() || slots.size() < 2
                ? of(report, environment, this::status)
                : messages.status(new StatusReport(slots, report.policy(), report.outages()), List.of());
    }

    /** Adds what each waiting request still needs, where GitHub answers. */
    private SlackMessage status(StatusReport.Line line) {
        SlackMessage message = messages.status(line, clock.instant());
        for (Proposal proposal : line.waiting()) {
            List<UnmetRequirement> unmet = cases.status().unmetBy(proposal).orElse(List.of());
            for (LayoutBlock block : RequirementList.of(ProposalMessage.page(proposal) + " is waiting for:", unmet)) {
                message = message.with(block);
            }
        }
        return message;
    }

    SlackMessage connect(EnvironmentName environment) {
        return of(cases.status().all(), environment, messages::connect);
    }

    private static SlackMessage of(
            StatusReport report, EnvironmentName environment, Function<StatusReport.Line, SlackMessage> answer) {
        List<StatusReport.Line> lines = report.lines();
        SlackMessage message = lines.stream()
                .filter(line -> line.state().environment().equals(environment))
                .findFirst()
                .map(answer)
                .orElseGet(() -> SlackMessage.of(ErrorText.of(new Refusal.UnknownEnvironment(
                        environment.value(),
                        lines.stream().map(line -> line.state().environment()).toList()))));
        return StatusMessages.asOf(message, report.outages());
    }
}
