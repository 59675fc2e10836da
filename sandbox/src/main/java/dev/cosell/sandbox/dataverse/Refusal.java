package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A call that Dataverse refuses, with its status, hexadecimal code and text. */
final class Refusal extends RuntimeException {
    private static final String ANNOTATIONS = "Microsoft.PowerApps.CDS.";

    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    Answer answer() {
        return answer(status, code, getMessage());
    }

    /** With the annotations of the error that the call asks for. */
    Answer answer(Call call) {
        Map<String, Object> error = error(code, getMessage());
        Preferences preferences = Preferences.of(call);
        annotate(error, preferences, "HelpLink",
                "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a"
                        + code.substring(2) + "&client=platform");
        annotate(error, preferences, "TraceText", "");
        annotate(error, preferences, "InnerError.Message", getMessage());
        return Answer.json(status, Map.of("error", error));
    }

    private static void annotate(Map<String, Object> error, Preferences preferences, String name, String value) {
        if (preferences.wants(ANNOTATIONS + name)) {
            error.put("@" + ANNOTATIONS + name, value);
        }
    }

    static Answer answer(int status, String code, String message) {
        return Answer.json(status, Map.of("error", error(code, message)));
    }

    private static Map<String, Object> error(String code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        return error;
    }

    static Refusal noRow(Table table, UUID id) {
        return new Refusal(404, "0x80040217", table.name() + " With Id = " + id + " Does Not Exist");
    }

    static Refusal noRowWithKey(Table table) {
        return new Refusal(404, "0x80060891",
                "A record with the specified key values does not exist in " + table.name() + " entity");
    }

    static Refusal noSegment(String segment) {
        return new Refusal(404, "0x8006088a", "Resource not found for the segment '" + segment + "'.");
    }

    static Refusal noProperty(Table table, String property) {
        return new Refusal(400, "0x80060888", "Could not find a property named '" + property
                + "' on type 'Microsoft.Dynamics.CRM." + table.name() + "'.");
    }

    static Refusal badUrl(String message) {
        return new Refusal(400, "0x80060888", message);
    }

    static Refusal badPayload(Table table, String inner) {
        return new Refusal(400, "0x80048d19",
                "Error identified in Payload provided by the user for Entity :'" + table.set()
                        + "', InnerException : " + inner);
    }

    static Refusal invalidArgument(String message) {
        return new Refusal(400, "0x80040203", message);
    }

    static Refusal versionMismatch() {
        return new Refusal(412, "0x80060882",
                "The version of the existing record doesn't match the RowVersion property provided.");
    }
}
