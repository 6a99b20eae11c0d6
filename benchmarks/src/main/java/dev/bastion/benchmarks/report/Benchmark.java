package dev.bastion.benchmarks.report;

import java.util.List;

/** A question about speed or size, answered by measurements of this project and its alternatives on the same work. */
public interface Benchmark {
    /** One word, as typed on the command line: {@code hcl}. */
    String name();

    /** The question, in one line for people. */
    String question();

    /**
     * Runs the work and returns the measurements. It checks the results: wrong work is an exception, never a figure.
     *
     * @throws Exception when the work failed or a tool is missing, with the tool's name
     */
    List<Measurement> run(BenchOptions options) throws Exception;
}
