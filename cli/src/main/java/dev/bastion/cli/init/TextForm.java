package dev.bastion.cli.init;

import dev.bastion.access.grant.InvalidValue;
import java.util.function.Function;

/** The form of an answer that has no type of its own. */
record TextForm(String what, String form, String example) implements Function<String, String> {
    static final TextForm BRANCH = new TextForm("branch", "[A-Za-z0-9][A-Za-z0-9._/-]*", "a name like main");
    static final TextForm CHANNEL = new TextForm("Slack channel", "[CG][A-Z0-9]{2,20}", "its id, like C0123ABC");
    static final TextForm REGION = new TextForm("region", "[a-z]{2,4}(-[a-z]+)+-\\d", "one like eu-central-1");
    static final TextForm BUCKET = new TextForm(
            "bucket",
            "([a-z0-9]|\\{account}|\\{region})([a-z0-9.-]|\\{account}|\\{region}){1,61}",
            "one like acme-state");
    static final TextForm CODE_OWNER = new TextForm(
            "code owner", "@[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9._-]+)?", "a team like @acme/platform or a @login");

    @Override
    public String apply(String text) {
        if (!text.matches(form)) {
            throw new InvalidValue(what, text, example);
        }
        return text;
    }
}
