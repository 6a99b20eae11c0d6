package dev.bastion.benchmarks.report;

/** What is timed. */
@FunctionalInterface
public interface TimedWork {
    void run() throws Exception;
}
