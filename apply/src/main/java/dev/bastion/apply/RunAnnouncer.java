package dev.bastion.apply;

import dev.bastion.apply.run.Progress;
import java.util.Optional;
import java.util.function.Consumer;

/** The announcement of a run's start and end: a report, and a line of progress. A report that fails changes nothing. */
record RunAnnouncer(OutcomeReporter reporter, Progress progress) {
    void started(String environment, Optional<String> commit) {
        report(reporter -> reporter.started(environment, commit));
    }

    void ended(RunResult result) {
        progress.say(summaryLine(result));
        report(reporter -> {
            if (result.succeeded()) {
                reporter.succeeded(result);
            } else {
                reporter.failed(result);
            }
        });
    }

    private void report(Consumer<OutcomeReporter> call) {
        try {
            call.accept(reporter);
        } catch (RuntimeException e) {
            progress.say(
                    "the run could not be reported to GitHub: " + Progress.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static String summaryLine(RunResult result) {
        String seconds = "%.1f s".formatted(result.duration().toMillis() / 1000.0);
        String what = result.environment() + ": " + result.command() + " to " + result.action();
        return result.message()
                .map(message -> what + " failed at " + result.failedStep().orElse("the start") + " after " + seconds
                        + ": " + Progress.oneLine(message))
                .orElse(what + " done in " + seconds + ": " + result.summary());
    }
}
