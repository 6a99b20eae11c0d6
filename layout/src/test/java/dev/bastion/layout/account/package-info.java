@NullMarked
package dev.bastion.layout.account;

import org.jspecify.annotations.NullMarked;
