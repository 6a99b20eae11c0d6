package dev.bastion.benchmarks.report;

import java.util.List;

/** One question about speed or size, answered by measuring ours and the alternative on the same work. */
public interface Benchmark {
    /** One word, as typed on the command line: {@code hcl}. */
    String name();

    /** What is asked, in one line for people. */
    String question();

    /**
     * Does the work and answers what it took. Checks what it measures: work that was not done right is an exception, never
     * a figure.
     *
     * @throws Exception when the work failed or a needed tool is missing, with the tool's name
     */
    List<Measurement> run(BenchOptions options) throws Exception;
}
