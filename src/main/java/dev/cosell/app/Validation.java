package dev.cosell.app;

import dev.cosell.check.Finding;
import dev.cosell.check.Report;
import dev.cosell.crm.Crms;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.ReleasedRoutes;
import dev.cosell.live.Wiring;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.examples.Examples;
import dev.cosell.mapping.examples.Examples.Outcome;
import dev.cosell.settings.Settings;
import dev.cosell.sync.decide.LeadDocument;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Whether settings, routes and mappings would start, and whether the mappings do with the examples of
 * {@code routes/examples} what these say. Calls nobody, so that it can be a step of a pipeline.
 */
public final class Validation {
    private static final String ROUTES = "routes";
    private static final String MAPPING = "mapping";
    private static final String EXAMPLES = "examples";

    private final Settings settings;
    private final Path routes;
    private final Clock clock = Clock.systemUTC();
    private final List<Finding> findings = new ArrayList<>();

    private Validation(Settings settings, Path routes) {
        this.settings = settings;
        this.routes = routes;
    }

    /**
     * @param settings that were found good
     * @param routes   folder with the route and mapping files
     * @throws Exception when nothing could be validated; the message is for people
     */
    public static Report run(Settings settings, Path routes) throws Exception {
        Validation validation = new Validation(settings, routes);
        validation.run(Crms.SHIPPED);
        return new Report(validation.clock.instant(), validation.findings);
    }

    private void run(Crms crms) throws Exception {
        Beans beans = new Beans(crms, settings, ClusterGround.alone(null), clock);
        beans.trustWhatIsOnThisMachine();
        LiveMappings mappings = new LiveMappings(routes, crms.years(settings), crms.partyRules(settings),
                crms.names());
        findings.add(Finding.ok("settings", "all", "right"));
        findings.addAll(UnknownVariables.in(settings));
        try (OfflineRoutes offline = new OfflineRoutes(settings, routes, beans, mappings, clock)) {
            DefaultCamelContext camel = offline.load(beans);
            Wiring.faults(camel, settings.crms()).forEach(this::routesFault);
            EditedCopies.lack(settings, offline.texts()).forEach(each -> findings.add(
                    Finding.warning(ROUTES, routes.toString(), each, ReleasedRoutes.REMEDY)));
            findings.add(Finding.ok(ROUTES, routes.toString(), camel.getRouteDefinitions().size() + " routes"));
            mappings.refresh(camel.getRegistry());
            settings.crms().forEach(crm -> tryExamples(crm, mappings.of(crm)));
        } catch (OfflineRoutes.Unusable unusable) {
            unusable.getMessage().lines().forEach(this::routesFault);
        } catch (LiveMappings.BadMapping bad) {
            bad.getMessage().lines().forEach(line -> findings.add(Finding.fault(MAPPING, routes.toString(), line, "")));
        }
    }

    private void routesFault(String sentence) {
        findings.add(Finding.fault(ROUTES, routes.toString(), sentence, ""));
    }

    private void tryExamples(String crm, CrmMapping mapping) {
        findings.add(Finding.ok(MAPPING, crm, mapping.opportunity().rows().size() + " rows for opportunities"));
        Path folder = routes.resolve(EXAMPLES).resolve(crm);
        List<Outcome> outcomes = new Examples(folder).run(mapping, LeadDocument::of);
        for (Outcome outcome : outcomes) {
            outcome.differences()
                    .forEach(each -> findings.add(Finding.fault(EXAMPLES, crm + "/" + outcome.example(), each,
                            "Mend the mapping, or the example under " + folder.resolve(outcome.example()))));
        }
        long right = outcomes.stream().filter(outcome -> outcome.differences().isEmpty()).count();
        findings.add(Finding.ok(EXAMPLES, crm,
                outcomes.isEmpty() ? "none under " + folder : right + " of " + outcomes.size() + " as expected"));
    }
}
