package dev.cosell.cli;

import dev.cosell.entra.BrowserSignIn;
import dev.cosell.entra.DeviceSignIn;
import dev.cosell.entra.EntraApp;
import dev.cosell.entra.LoopbackAnswer;
import dev.cosell.entra.SignInStore;
import dev.cosell.entra.SignedIn;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.state.Database;
import dev.cosell.state.DatabaseUnavailable;
import dev.cosell.text.Visible;
import dev.cosell.verbs.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs a user in to Partner Center, also beside a running application, which takes the new sign-in over by itself. */
@Command(name = "login", mixinStandardHelpOptions = true,
        description = "Signs a user with the role Referrals admin in to Partner Center, with a code that is entered in "
                + "any browser, or with the browser of this machine.")
final class Login implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Mixin
    Commands.Sources sources;

    @Option(names = "--browser", description = "Signs in with the browser of this machine, for tenants that block "
            + "device codes.")
    boolean browser;

    @Option(names = "--paste", description = "The same where no browser is: prints the address, and takes what the "
            + "browser was sent back with as a line of text.")
    boolean paste;

    @Option(names = "--webhooks", description = "Signs in the user who registers for notifications (webhook.sign-in = "
            + "own-user).")
    boolean webhooks;

    @Spec
    CommandSpec spec;

    private PrintWriter out;

    @Override
    public Integer call() throws InterruptedException {
        out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            signIn(sources.read());
            return OK;
        } catch (SettingsFault | Fault | DatabaseUnavailable fault) {
            err.println(Visible.lines(fault.getMessage()));
        } catch (UncheckedIOException unwritten) {
            err.println("The sign-in worked but could not be stored: " + unwritten.getCause().getMessage()
                    + ". Make that place writable and start ./cosell login again");
        }
        err.flush();
        return FAILED;
    }

    private void signIn(Settings settings) throws InterruptedException {
        if (webhooks && !settings.text(Key.WEBHOOK_SIGN_IN).equals("own-user")) {
            throw new SettingsFault(List.of("webhook.sign-in = " + settings.text(Key.WEBHOOK_SIGN_IN)
                    + " needs no user of its own; set it to own-user first"));
        }
        EntraApp app = webhooks ? PartnerCenterSignIn.webhookApp(settings) : PartnerCenterSignIn.app(settings);
        String scope = settings.text(webhooks ? Key.PARTNER_CENTER_WEBHOOK_SCOPE : Key.PARTNER_CENTER_SCOPE);
        SignedIn signedIn = paste ? pasted(new BrowserSignIn(app, scope, BrowserSignIn.REDIRECT))
                : browser ? browsed(app, scope) : withCode(new DeviceSignIn(app, scope, Clock.systemUTC()));
        try (Database database = PartnerCenterSignIn.isShared(settings) ? open(settings) : null) {
            SignInStore store = webhooks ? PartnerCenterSignIn.webhookStore(settings, database, Clock.systemUTC())
                    : PartnerCenterSignIn.store(settings, database, Clock.systemUTC());
            store.signedIn(signedIn.refreshToken(), signedIn.user());
            say("Signed in%s. The sign-in is kept in %s; %s without a restart.",
                    signedIn.user() == null ? "" : " as " + signedIn.user(), store.place(),
                    database == null ? "a running Cosell Sync uses it" : "all running instances use it");
        }
    }

    private static Database open(Settings settings) {
        return Database.open(settings.text(Key.STATE_URL), settings.textOrNull(Key.STATE_USER),
                settings.textOrNull(Key.STATE_PASSWORD));
    }

    private SignedIn withCode(DeviceSignIn device) throws InterruptedException {
        DeviceSignIn.Invitation invitation = device.begin();
        say("To sign in to Partner Center, open %s and enter the code %s within %d minutes.", invitation.address(),
                invitation.code(),
                Math.max(1, invitation.life().toMinutes()));
        who();
        say("If the page says that access is blocked, stop this (Ctrl-C) and start ./cosell login with --browser, or "
                + "with --paste where no browser is.");
        return device.await(Login::pass);
    }

    private SignedIn browsed(EntraApp app, String scope) throws InterruptedException {
        try (LoopbackAnswer answer = LoopbackAnswer.open()) {
            BrowserSignIn signIn = new BrowserSignIn(app, scope, answer.address());
            say(Browser.open(signIn.address())
                    ? "A browser is opened. If you do not see it, open this address on this machine:"
                    : "No browser can be opened here. Open this address in a browser on this machine; if yours is on "
                            + "another one, stop this (Ctrl-C) and start ./cosell login --paste:");
            say("%s", signIn.address());
            who();
            Optional<URI> came = answer.await(signIn::isAnswer, PATIENCE);
            return signIn.finish(came.orElseThrow(
                    () -> new Fault.Auth(app.system(), "Nobody has signed in within " + PATIENCE.toMinutes()
                            + " minutes. Start ./cosell login --browser again")));
        }
    }

    private SignedIn pasted(BrowserSignIn signIn) {
        say("Open this address in any browser and sign in:");
        say("%s", signIn.address());
        who();
        say("At the end the browser shows a page that it cannot reach, whose address begins with %s. Copy that whole "
                + "address, paste it here and press Enter:", BrowserSignIn.REDIRECT);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = line(lines); line != null; line = line(lines)) {
            try {
                return signIn.finishPasted(line);
            } catch (IllegalArgumentException no) {
                say("%s:", no.getMessage());
            }
        }
        throw new SettingsFault(List.of("Nothing was pasted. Start ./cosell login --paste in a terminal"));
    }

    private static String line(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException closed) {
            return null;
        }
    }

    private void who() {
        say(webhooks
                ? "Use a service user with one of the roles Global admin, Admin agent, Sales agent, Helpdesk agent or "
                        + "Billing admin, and pass the second factor."
                : "Use a service user with the role Referrals admin, and pass the second factor: the sign-in lasts as "
                        + "long as that user and the password.");
    }

    private void say(String line, Object... values) {
        out.println(Visible.lines(String.format(line, values)));
        out.flush();
    }

    /** Waits for nothing but the time. */
    private static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
