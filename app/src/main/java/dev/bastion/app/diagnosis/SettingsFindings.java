package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.app.config.SettingsReading;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The findings about the settings themselves. */
public final class SettingsFindings {
    private static final String REMEDY = "correct it; app/bastion.example.yaml explains every setting";

    private SettingsFindings() {}

    public static List<Finding> of(SettingsReading reading) {
        Stream<Finding> obsolete = reading.settings().stream()
                .flatMap(settings -> settings.remarks().stream())
                .map(remark -> Finding.warning(Area.SETTINGS, "remark", remark, "change the setting as it says"));
        Stream<Finding> own = reading.problems().isEmpty()
                ? Stream.of(Finding.ok(Area.SETTINGS, "all", "every setting is valid"))
                : ProblemText.findings(Area.SETTINGS, reading.problems(), UnaryOperator.identity(), REMEDY).stream();
        return Stream.concat(own, obsolete).toList();
    }
}
