package dev.cosell.operations;

import dev.cosell.entra.DeviceSignIn;
import dev.cosell.entra.SignInStore;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.sync.Fault;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Signs a user in to Partner Center, also beside a running application, which takes the new sign-in over by itself. */
@Command(name = "login", mixinStandardHelpOptions = true,
        description = "Signs a user with the role Referrals admin in to Partner Center, with a code that is entered in any browser.")
final class Login implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;

    @Mixin
    Commands.Sources sources;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            signIn(sources.read(), out);
            return OK;
        } catch (SettingsFault | Fault fault) {
            err.println(fault.getMessage());
        } catch (UncheckedIOException unwritten) {
            err.println("The sign-in worked but could not be stored: " + unwritten.getCause().getMessage()
                    + ". Make the folder writable and start ./cosell login again");
        }
        err.flush();
        return FAILED;
    }

    private static void signIn(Settings settings, PrintWriter out) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        DeviceSignIn device = new DeviceSignIn(PartnerCenterSignIn.app(settings), settings.text(Key.PARTNER_CENTER_SCOPE), clock);
        DeviceSignIn.Invitation invitation = device.begin();
        out.printf("To sign in to Partner Center, open %s and enter the code %s within %d minutes.%n"
                        + "Use a service user with the role Referrals admin: the sign-in lasts as long as that user and the password.%n",
                invitation.address(), invitation.code(), Math.max(1, invitation.life().toMinutes()));
        out.flush();
        DeviceSignIn.SignedIn signedIn = device.await(Login::pass);
        SignInStore store = PartnerCenterSignIn.store(settings, clock);
        store.signedIn(signedIn.refreshToken(), signedIn.user());
        out.printf("Signed in%s. The sign-in is kept in %s; a running Cosell Sync goes on with it by itself.%n",
                signedIn.user() == null ? "" : " as " + signedIn.user(), store.path());
        out.flush();
    }

    /** Waits for nothing but the time. */
    private static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
