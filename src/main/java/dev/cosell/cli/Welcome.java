package dev.cosell.cli;

import dev.cosell.cluster.Version;
import dev.cosell.crm.CrmPlugin.Trial;
import dev.cosell.crm.CrmPlugin;
import dev.cosell.crm.Crms;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person reads after a start. */
final class Welcome {
    private static final Logger LOG = LoggerFactory.getLogger("cosell");

    private Welcome() {}

    /** Where programs read the output it is a line of the log like all others. */
    static void show(Settings settings) {
        if (settings.text(Key.LOG_FORMAT).equals("json")) {
            LOG.info("Cosell Sync {} is running; the operator page is at {}/", Version.OURS, Running.address(settings));
            return;
        }
        int http = settings.number(Key.HTTP_PORT);
        System.out.printf("%nCosell Sync is running (%s).%n",
                settings.sandbox() ? "sandbox mode: no credentials are set" : String.join(" and ",
                        settings.crms()) + " with Partner Center");
        System.out.printf("  webhooks      http://localhost:%d/webhooks/partner-center%n", http);
        System.out.printf("  operator page %s/%n", Running.address(settings));
        System.out.printf("  health        %s/observe/health%n", Running.address(settings));
        if (settings.sandbox()) {
            servers(settings);
            commands(settings);
        }
        System.out.printf("%nCtrl-C stops it. Every decision is logged below.%n%n");
    }

    static void showSandbox(Settings settings) {
        System.out.println();
        System.out.println("The sandbox servers are running.");
        servers(settings);
        System.out.printf("  notifications go to                   http://localhost:%d (http.port)%n",
                settings.number(Key.HTTP_PORT));
        System.out.printf(
                "%nStart the application beside them:  ./cosell run --set sandbox=external%nCtrl-C stops them.%n%n");
    }

    private static void servers(Settings settings) {
        System.out.printf("  Partner Center (sandbox, with Entra)  http://localhost:%d%n",
                settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        settings.sandboxPorts().forEach((crm, port) ->
        System.out.printf("  %-15s(sandbox)              http://localhost:%d%n", Crms.SHIPPED.named(crm).title(),
                port));
    }

    private static void commands(Settings settings) {
        System.out.printf("%nTry it, in another terminal:%n");
        System.out.printf(
                "  1. create a deal in Partner Center:%n     curl -d '{\"name\":\"Harbour cranes telemetry\"}' "
                        + "http://localhost:%d/sandbox/deals%n",
                settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        int number = 2;
        for (CrmPlugin crm : Crms.SHIPPED.all()) {
            Trial trial = crm.trial().orElse(null);
            if (trial != null) {
                System.out.printf("  %d. %s:%n     curl %s http://localhost:%d%s%n", number++, trial.does(),
                        trial.options(),
                        settings.sandboxPorts().get(crm.name()), trial.path());
            }
        }
    }
}
