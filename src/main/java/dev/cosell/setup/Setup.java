package dev.cosell.setup;

import dev.cosell.live.LiveMappings;
import dev.cosell.live.OwnClasses;
import dev.cosell.live.Placeholders;
import dev.cosell.live.RouteFiles;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.Years;
import dev.cosell.mapping.text.MappingTexts;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.text.Visible;
import dev.cosell.verbs.Fault;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** Shows what is missing in a CRM and makes it, step by step; a second run finds what the first one has left. */
public final class Setup {
    private final CrmSetUp crm;
    private final PrintWriter out;

    private Setup(CrmSetUp crm, PrintWriter out) {
        this.crm = crm;
        this.out = out;
    }

    /** Signs in to the CRM to be set up. */
    @FunctionalInterface
    public interface SignIn {
        /** @param leads whether leads are synced, too */
        CrmSetUp signIn(Settings settings, CrmMapping mapping, boolean leads);
    }

    /**
     * Sets a CRM up.
     *
     * @param crm    its name
     * @param routes folder with the mapping files
     * @param dryRun whether to show the plan only
     * @return whether nothing is left that the set-up could do itself; a dry run always ends well
     * @throws Fault when the CRM cannot be asked at all
     */
    public static boolean run(String crm, SignIn signIn, Settings settings, Path routes, boolean dryRun,
            PrintWriter out) throws Exception {
        CrmMapping mapping = mapping(crm, settings, routes);
        boolean leads = settings.text(Key.LEADS).equals("leads")
                || !settings.text(Key.MARKETPLACE_LEADS_PATH_SECRET).isEmpty();
        try (CrmSetUp there = signIn.signIn(settings, mapping, leads)) {
            return new Setup(there, out).run(dryRun);
        }
    }

    /** The field tables as a start would read them. No route is made: what they call is not here. */
    private static CrmMapping mapping(String crm, Settings settings, Path routes) throws Exception {
        RouteFiles files = RouteFiles.loaded(routes, settings.placeholders());
        RouteFiles.Look look = files.look();
        Map<String, String> texts = look.texts();
        List<String> names = new MappingTexts(texts).files(crm);
        if (names.isEmpty()) {
            throw new IllegalStateException(look.faults().isEmpty()
                    ? "No file in " + routes.toAbsolutePath() + " holds the field tables of " + crm + ", as mapping-"
                            + crm + ".camel.yaml does; start from the folder that holds routes/ or name it with --routes"
                    : String.join("\n", look.faults().values()));
        }
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            Placeholders.give(camel, settings.placeholders());
            OwnClasses.give(camel, routes);
            PluginHelper.getRoutesLoader(camel).loadRoutes(files.beans(names, texts));
            camel.start();
            LiveMappings mappings = new LiveMappings(routes, Map.of(crm, Years.ALL));
            mappings.refresh(camel.getRegistry(), texts);
            return mappings.of(crm);
        }
    }

    private boolean run(boolean dryRun) {
        say(crm.title());
        CrmSetUp.Plan plan = crm.plan();
        if (plan.steps().isEmpty()) {
            say("Nothing to do: everything that the set-up makes is there.");
        } else {
            say("Plan:");
            number(plan.steps());
        }
        boolean well = true;
        if (dryRun) {
            say("Dry run: nothing was changed.");
        } else if (!plan.steps().isEmpty()) {
            say("");
            well = carryOut(plan.steps());
        }
        List<String> byHand = new java.util.ArrayList<>(plan.byHand());
        byHand.addAll(crm.always());
        say("");
        say("By hand:");
        byHand.forEach(each -> say("  - " + each));
        return well;
    }

    private void number(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            say(String.format("%3d. %s", i + 1, steps.get(i).says()));
        }
    }

    private boolean carryOut(List<Step> steps) {
        Set<String> failed = new HashSet<>();
        int done = 0;
        Fault stopped = null;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String missing = step.needs().stream().filter(failed::contains).findFirst().orElse(null);
            if (step.atEnd() ? done == 0 : stopped != null || missing != null) {
                failed.add(step.makes());
                say(i, step, step.atEnd() || stopped != null ? "not tried" : "left out, because it needs " + missing);
                continue;
            }
            try {
                step.work().run();
                done++;
                say(i, step, "done");
            } catch (Fault fault) {
                failed.add(step.makes());
                stopped = endsAll(fault) ? fault : stopped;
                say(i, step, "refused: " + fault.getMessage());
            }
        }
        if (!failed.isEmpty()) {
            say("");
            say(failed.size() + " of " + steps.size()
                    + " steps are not done. Remove the cause and run the same command again: it continues with what is"
                    + " missing.");
        }
        return failed.isEmpty();
    }

    /**
     * A refusal of one thing says nothing about the others; a system that is away or knows us not says it about all.
     */
    private static boolean endsAll(Fault fault) {
        return !(fault instanceof Fault.Denied || fault instanceof Fault.Data);
    }

    private void say(int index, Step step, String outcome) {
        say(String.format("%3d. %s: %s", index + 1, step.says(), outcome));
    }

    private void say(String line) {
        out.println(Visible.line(line));
        out.flush();
    }
}
