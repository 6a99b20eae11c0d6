package dev.bastion.ledger.git.object;

/**
 * One entry of a git tree.
 *
 * @param mode git's mode, like {@code 100644}, in octal digits
 * @param id the object's id, 40 hexadecimal digits
 */
public record TreeEntry(String name, String mode, String id) {}
