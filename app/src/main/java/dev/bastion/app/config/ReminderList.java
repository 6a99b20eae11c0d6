package dev.bastion.app.config;

import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.Reminder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reminders of an environment's waiting requests: {@code remind: [{after: 15m, ask: group:platform}]}. */
final class ReminderList {
    private static final String KEY = "remind";
    private static final String ASK = "ask";
    private static final int MOST = 10;

    private ReminderList() {}

    /** Empty when the key is missing. */
    static Optional<List<Reminder>> read(SettingsSection section, PeopleFile people) {
        List<SettingsSection> elements = section.elements(KEY);
        if (!section.has(KEY)) {
            return Optional.empty();
        }
        if (elements.size() > MOST) {
            section.problem(KEY, "has " + elements.size() + " reminders; at most " + MOST + " are sent");
            return Optional.empty();
        }
        List<Reminder> all = new ArrayList<>();
        for (SettingsSection element : elements) {
            Reminder reminder = reminder(element, people);
            if (!all.isEmpty() && reminder.after().compareTo(all.getLast().after()) <= 0) {
                element.problem("after", "is not later than that of the reminder before it");
            }
            all.add(reminder);
        }
        return Optional.of(all);
    }

    private static Reminder reminder(SettingsSection element, PeopleFile people) {
        GrantDuration after = element.required("after", SettingType.GRANT_DURATION, GrantDuration.parse("15m"));
        Optional<Audience> ask =
                element.nameOrNames(ASK).map(names -> people.audience(names, problem -> element.problem(ASK, problem)));
        ask.filter(Audience::everyone)
                .ifPresent(_ -> element.problem(ASK, "must name people or groups; everyone would get the reminder"));
        element.finish();
        return new Reminder(after.length(), ask);
    }
}
