package dev.bastion.ledger.file;

import dev.bastion.access.port.PolicyParser;
import dev.bastion.layout.LayoutParser;

/** The parsers of the ledger's configuration in its repository. */
public record FileParsers(PolicyParser policy, LayoutParser layout) {}
