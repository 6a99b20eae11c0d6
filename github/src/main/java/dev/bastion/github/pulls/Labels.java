package dev.bastion.github.pulls;

import dev.bastion.github.client.ApiCall;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Labels of pull requests; one that the repository lacks is made when it is first wanted. */
final class Labels {
    private static final String COLOUR = "5319e7";
    private static final String MEANING = "Set by the bastion service; it reads this again";

    private final GithubClient calls;
    private final RepositoryPath here;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Labels(GithubClient calls, RepositoryPath here) {
        this.calls = calls;
        this.here = here;
    }

    void add(int number, String label) throws IOException {
        if (!known.contains(label)) {
            make(label);
            known.add(label);
        }
        calls.send(ApiCall.post(Map.of("labels", List.of(label)), here.to("issues", Integer.toString(number), "labels"))
                .asRepeatable());
    }

    /** 422: there is one already. What else it answers does not matter, if only the label can be set afterwards. */
    private void make(String label) throws IOException {
        calls.answer(ApiCall.post(Map.of("name", label, "color", COLOUR, "description", MEANING), here.to("labels"))
                .asRepeatable());
    }
}
