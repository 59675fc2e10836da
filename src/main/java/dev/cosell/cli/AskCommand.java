package dev.cosell.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.settings.SettingsFault;
import dev.cosell.text.Visible;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the running application and prints its answer. */
@Command(mixinStandardHelpOptions = true, exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:all is well, or done", " 1:something needs a person",
    " 2:the question could not be answered"})
abstract class AskCommand implements Callable<Integer> {
    static final int WELL = 0;
    static final int NEEDS_PERSON = 1;
    private static final int UNANSWERED = 2;

    enum Format { text, json }

    @Mixin
    Commands.Sources sources;

    @Option(names = "--url", paramLabel = "URL",
            description = "Address of the page (default: as the settings say, on this machine).")
    String url;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    Format format;

    @Spec
    CommandSpec spec;

    /** @return what is printed as JSON */
    abstract JsonNode ask(Running running) throws Running.Unanswered, InterruptedException;

    /** Prints the same for people. */
    abstract void tell(JsonNode answer, PrintWriter out);

    /** Whether something of it needs a person. */
    abstract boolean needsPerson(JsonNode answer);

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            JsonNode answer = ask(new Running(sources.read(), url));
            if (format == Format.json) {
                out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer));
            } else {
                tell(answer, out);
            }
            out.flush();
            return needsPerson(answer) ? NEEDS_PERSON : WELL;
        } catch (SettingsFault | Running.Unanswered told) {
            err.println(Visible.lines(told.getMessage()));
        } catch (JsonProcessingException unwritable) {
            err.println("The answer cannot be printed: " + unwritable.getOriginalMessage());
        }
        err.flush();
        return UNANSWERED;
    }

    /** A text of an answer on one line; a hyphen for none. */
    static String line(JsonNode value) {
        if (value.isMissingNode() || value.isNull() || value.isTextual() && value.asText().isEmpty()) {
            return "-";
        }
        return Visible.line(value.isValueNode() ? value.asText() : value.toString());
    }
}
