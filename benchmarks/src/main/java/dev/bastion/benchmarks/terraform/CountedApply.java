package dev.bastion.benchmarks.terraform;

import java.time.Duration;

/**
 * What one plan and its apply did.
 *
 * @param resources how many were created or destroyed
 * @param calls the calls to AWS, those of the plan and of the provider itself included
 * @param planCalls those of the plan among them, which are made at the same time, ten at once
 * @param chain of the apply's calls, those on the longest chain of resources that wait for one another
 * @param iamWrites calls that change something in IAM
 * @param took the time of both programs
 */
public record CountedApply(int resources, int calls, int planCalls, int chain, int iamWrites, Duration took) {}
