package dev.cosell.crm.toy;

import dev.cosell.TemporaryFolder;
import dev.cosell.connection.Connections;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.CrmPlugin;
import dev.cosell.crm.Crms;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.MatchRule;
import dev.cosell.mapping.PartyRules;
import dev.cosell.mapping.Years;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.setup.CrmSetUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A third CRM: this package, {@code toy.camel.yaml}, {@code mapping-toy.camel.yaml} and an entry in the list are all
 * there is of it.
 */
public final class ToyCrm implements CrmPlugin {
    static final String NAME = "toy";

    /** The CRMs of this product and the toy. */
    public static Crms amongTheOthers() {
        return new Crms(Stream.concat(Crms.SHIPPED.all().stream(), Stream.of(new ToyCrm())).toList());
    }

    /** A folder with the shipped routes and those of the toy. */
    public static Path routes() {
        try {
            Path folder = TemporaryFolder.named("cosell-toy-routes");
            for (Path from : List.of(Path.of("routes"), Path.of("src/test/resources/toy"))) {
                try (Stream<Path> files = Files.list(from)) {
                    for (Path file : files.toList()) {
                        Files.copy(file, folder.resolve(file.getFileName()));
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Toy";
    }

    @Override
    public List<ToyKey> keys() {
        return List.of(ToyKey.values());
    }

    @Override
    public List<ToyKey> credentials() {
        return List.of(ToyKey.URL, ToyKey.TOKEN);
    }

    @Override
    public List<ToyKey> needed() {
        return credentials();
    }

    @Override
    public Optional<Setting> sandboxPort() {
        return Optional.of(ToyKey.SANDBOX_PORT);
    }

    @Override
    public Map<Setting, String> sandboxValues(Function<Setting, String> present) {
        return Map.of(ToyKey.URL, "http://localhost:" + present.apply(ToyKey.SANDBOX_PORT), ToyKey.TOKEN, "sandbox");
    }

    @Override
    public Map<Setting, String> sandboxDefaults() {
        return Map.of(ToyKey.POLL_INTERVAL, "5s");
    }

    @Override
    public PartyRules partyRules(Settings settings) {
        return new PartyRules(MatchRule.parse("name"), MatchRule.parse("email"));
    }

    @Override
    public Years years() {
        return Years.ALL;
    }

    @Override
    public URI address(Settings settings) {
        return URI.create(settings.text(ToyKey.URL));
    }

    @Override
    public CrmBeans beans(Settings settings, Clock clock, Connections connections) {
        return new ToyBeans(settings, clock, connections);
    }

    /** Its fields are there from the beginning. */
    @Override
    public CrmSetUp setUp(Settings settings, CrmMapping mapping, boolean leads) {
        return new CrmSetUp() {
            @Override
            public String title() {
                return "Toy at " + settings.text(ToyKey.URL);
            }

            @Override
            public Plan plan() {
                return new Plan(List.of(), List.of());
            }

            @Override
            public List<String> always() {
                return List.of("Show the sellers " + mapping.opportunity().crmFields().size() + " fields.");
            }

            @Override
            public void close() {}
        };
    }
}
