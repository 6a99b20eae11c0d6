package dev.bastion.hcl.model;

import java.util.List;

/**
 * The head of a block: <code>include "root" {</code> has the type {@code include} and the one label {@code root}.
 *
 * @param line the line of its type, from 1
 */
public record HclBlock(String type, List<String> labels, int line) {
    public HclBlock {
        labels = List.copyOf(labels);
    }
}
