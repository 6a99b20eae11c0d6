package dev.bastion.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.BastionObservation.Engine;
import dev.bastion.access.grant.BastionObservation.Target;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.aws.PersonalBastion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several databases behind one bastion. */
class TargetTest {
    private static final Target ORDERS =
            new Target("orders", "db.internal", 5432, Optional.of("orders-dev-port-orders"), Optional.empty());
    private static final Target REPORTING = new Target(
            "reporting", "reports.internal", 6000, Optional.of("orders-dev-port-reporting"), Optional.of(Engine.MYSQL));

    @TempDir
    Path programs;

    private Laptop laptop;

    @BeforeEach
    void open() {
        laptop = new Laptop(programs).withPlugin();
    }

    @AfterEach
    void stop() {
        laptop.stop();
    }

    private void leadsTo(Target... targets) {
        PersonalBastion one = FakeAccess.bastion("i-1", "john.doe", Laptop.NOON.plus(Duration.ofHours(1)));
        laptop.access.bastions.add(
                new PersonalBastion(one.connection().to(List.of(targets)), true, one.holder(), one.expiresAt()));
    }

    private static ConnectRequest request(Optional<String> target) {
        ConnectRequest plain = Laptop.dev(Optional.empty());
        return new ConnectRequest(
                plain.environment(),
                plain.instance(),
                target,
                plain.port(),
                plain.patience(),
                false,
                plain.user(),
                plain.database(),
                false,
                plain.client());
    }

    @Test
    void theDatabaseIsChosenByItsName() {
        leadsTo(ORDERS, REPORTING);
        CompletableFuture<Integer> code = laptop.connected(request(Optional.of("reporting")));
        assertThat(laptop.output.connected.orElseThrow().database().url()).startsWith("mysql://app%20user@127.0.0.1:");
        assertThat(laptop.access.documents).containsExactly("orders-dev-port-reporting");
        laptop.stop();
        code.join();
    }

    @Test
    void withoutANameTheDatabasesAreListed() {
        leadsTo(ORDERS, REPORTING);
        isRefused(request(Optional.empty()), "The bastion of dev leads to several databases: orders, reporting.");
        isRefused(
                request(Optional.of("payments")),
                "The bastion of dev leads to several databases, and none is called payments: orders, reporting.");
    }

    @Test
    void oneDatabaseNeedsNoName() {
        leadsTo();
        isRefused(request(Optional.of("orders")), "The bastion of dev leads to one database.");
        CompletableFuture<Integer> code = laptop.connected(request(Optional.empty()));
        assertThat(laptop.access.documents).containsExactly("orders-dev-port");
        laptop.stop();
        code.join();
    }

    private void isRefused(ConnectRequest request, String words) {
        assertThat(laptop.run(request)).isEqualTo(78);
        assertThat(laptop.output.lines).last().asString().contains(words);
    }

    @Test
    void eachDatabaseHasALocalPortOfItsOwn() {
        EnvironmentName dev = new EnvironmentName("dev");
        assertThat(request(Optional.empty()).usualPort()).isEqualTo(dev.localPort());
        assertThat(request(Optional.of("reporting")).usualPort())
                .isEqualTo(dev.localPort("reporting"))
                .isBetween(20_000, 29_999)
                .isNotEqualTo(dev.localPort("orders"))
                .isNotEqualTo(dev.localPort());
    }
}
