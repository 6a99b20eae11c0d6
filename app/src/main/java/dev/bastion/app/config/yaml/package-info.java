/** What stands where in a YAML file, which a tree of its values does not say. Must not know what the values mean. */
@NullMarked
package dev.bastion.app.config.yaml;

import org.jspecify.annotations.NullMarked;
