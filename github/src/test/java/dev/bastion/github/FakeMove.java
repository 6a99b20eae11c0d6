package dev.bastion.github;

import java.util.Optional;

/** A repository that was transferred: its old paths redirect to it, by its id, and its owner has another name now. */
public final class FakeMove implements FakeGithub.Part {
    public static final String NEW_NAME = "newco/environments";
    private static final String OLD = "/repos/" + FakeGithub.REPOSITORY;
    private static final String NEW = "/repos/" + NEW_NAME;

    private final FakeGithub server;
    private final FakeGithub.Part repository;
    private volatile boolean moved;

    /** @param repository what the paths of the old name are answered with */
    public FakeMove(FakeGithub server, FakeGithub.Part repository) {
        this.server = server;
        this.repository = repository;
    }

    public void move() {
        moved = true;
    }

    @Override
    public Optional<FakeResponse> apply(RecordedRequest asked) {
        if (!moved) {
            return Optional.empty();
        }
        if (asked.path().startsWith(OLD)) {
            String target = server.url() + asked.path().replace(OLD, "/repositories/1") + asked.rawQuery();
            return Optional.of(FakeResponse.message(asked.method().equals("GET") ? 301 : 307, "Moved")
                    .with("Location", target));
        }
        String path = asked.path().replaceFirst("^(/repositories/1|" + NEW + ")(?=/|$)", OLD);
        if (path.equals(OLD)) {
            return Optional.of(FakeResponse.of(200, FakeShapes.repository(NEW_NAME)));
        }
        return path.equals(asked.path()) ? Optional.empty() : repository.apply(asked.at(path));
    }
}
