package dev.bastion.cli.report;

import dev.bastion.access.audit.AccessInterval;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.ApprovalBasis;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The grants along the time, one lane for each environment. Lengths are in thousandths of the width. */
final class Timeline {
    /** The width of a lane in the units of its drawing. */
    static final int WIDTH = 1000;

    private static final double NARROWEST = 3;
    private static final int TICKS = 5;

    /**
     * One grant.
     *
     * @param row the grant's row in the table
     * @param style the class of its drawing
     */
    record Bar(int row, String x, String width, String style, String text) {}

    /** @param summary the lane in words, for those who do not see it */
    record Lane(String environment, String summary, List<Bar> bars) {}

    /** @param left in percent of the width */
    record Tick(String left, String text) {}

    private final Instant from;
    private final Instant to;

    /** A timeline from the beginning of the period, or of the first grant, to its end. */
    Timeline(AccessReport report) {
        this.from = report.from()
                .orElseGet(() -> report.grants().stream()
                        .map(GrantRecord::openedAt)
                        .min(Instant::compareTo)
                        .orElse(report.to().minus(1, ChronoUnit.DAYS)));
        this.to = report.to().isAfter(from) ? report.to() : from.plusSeconds(1);
    }

    List<Lane> lanes(List<GrantRecord> grants) {
        SortedMap<String, List<Integer>> rows = new TreeMap<>();
        for (int row = 0; row < grants.size(); row++) {
            rows.computeIfAbsent(grants.get(row).environment().value(), _ -> new ArrayList<>())
                    .add(row);
        }
        return rows.entrySet().stream()
                .map(lane -> lane(lane.getKey(), lane.getValue(), grants))
                .toList();
    }

    private Lane lane(String environment, List<Integer> rows, List<GrantRecord> grants) {
        Duration open = rows.stream().map(row -> openTime(grants.get(row))).reduce(Duration.ZERO, Duration::plus);
        String summary = rows.size() + (rows.size() == 1 ? " grant" : " grants") + ", open for "
                + ReportText.duration(open) + " in all";
        return new Lane(
                environment,
                summary,
                rows.stream().map(row -> bar(row, grants.get(row))).toList());
    }

    private Duration openTime(GrantRecord grant) {
        Instant start = later(grant.openedAt(), from);
        Instant end = earlier(endOf(grant), to);
        return start.isBefore(end) ? Duration.between(start, end) : Duration.ZERO;
    }

    private Instant endOf(GrantRecord grant) {
        return grant.access().until().orElse(to);
    }

    private Bar bar(int row, GrantRecord grant) {
        double start = Math.clamp(position(grant.openedAt()), 0, WIDTH - NARROWEST);
        double end = Math.clamp(position(endOf(grant)), start, WIDTH);
        String text = grant.holder().name() + ", " + ReportText.minute(grant.openedAt()) + " to "
                + (grant.ending().isEmpty() ? "now, still open" : ReportText.minute(endOf(grant)))
                + (grant.access().meaning() == AccessInterval.Until.UNOBSERVED ? ", not observed gone" : "");
        return new Bar(row, number(start), number(Math.max(NARROWEST, end - start)), style(grant), text);
    }

    private static String style(GrantRecord grant) {
        if (!grant.unmet().isEmpty()) {
            return "unapproved";
        }
        return switch (grant.basis().fact()) {
            case ApprovalBasis.ByPolicy _ -> grant.isByHand() ? "by-hand" : "by-policy";
            case ApprovalBasis.Approved _ -> "approved";
            case ApprovalBasis.Unconfirmed _ -> "by-hand";
            case ApprovalBasis.BreakGlass _ -> "break-glass";
        };
    }

    List<Tick> ticks() {
        Duration length = Duration.between(from, to);
        List<Tick> ticks = new ArrayList<>();
        for (int tick = 0; tick < TICKS; tick++) {
            Instant at = from.plus(length.multipliedBy(tick).dividedBy(TICKS - 1));
            ticks.add(new Tick(
                    number(100.0 * tick / (TICKS - 1)),
                    length.compareTo(Duration.ofDays(TICKS)) > 0
                            ? at.atZone(ZoneOffset.UTC).toLocalDate().toString()
                            : ReportText.minute(at)));
        }
        return ticks;
    }

    private double position(Instant at) {
        return (double) Duration.between(from, at).toSeconds()
                / Math.max(1, Duration.between(from, to).toSeconds())
                * WIDTH;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
