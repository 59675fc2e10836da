package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls that change the metadata, and the actions that belong to that. */
final class MetadataWrites {
    private static final String KEY = "ReactivateEntityKey";

    private final Customizing customizing;
    private final Publishers publishers;

    MetadataWrites(Customizing customizing, Publishers publishers) {
        this.customizing = customizing;
        this.publishers = publishers;
    }

    Answer write(Call call, List<String> path) {
        publishers.check(call, call.json());
        Customizing.Done done = customizing.write(call.method(), path, call.json());
        return done.address() == null ? Answer.empty(204)
                : Answer.empty(204).with("OData-EntityId", Links.root(call) + done.address());
    }

    static boolean action(String name) {
        return List.of("PublishXml", "PublishAllXml", Customizing.OPTION, Customizing.STATUS, KEY).contains(name);
    }

    /** New definitions are usable at once; publishing has nothing left to do. */
    Answer act(Call call, String name) {
        if (name.equals(Customizing.OPTION) || name.equals(Customizing.STATUS)) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("@odata.context", Links.root(call) + "$metadata#Microsoft.Dynamics.CRM." + name + "Response");
            json.put("NewOptionValue", customizing.write("POST", List.of(name), call.json()).value());
            return Answer.json(200, json);
        }
        if (name.equals(KEY)) {
            customizing.reactivate(call.json());
        }
        return Answer.empty(204);
    }
}
