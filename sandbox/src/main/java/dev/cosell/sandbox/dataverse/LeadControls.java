package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a seller sees of leads in the app and does with them, as another user than the sync's own. */
final class LeadControls {
    static final String PATH = "/sandbox/leads";

    private final Store store;
    private final Payload payload;
    private final Writer writer;
    private final Rendering rendering;
    private final CosellColumns cosell;
    private final Table leads;

    LeadControls(Store store, Payload payload, Writer writer, Rendering rendering, CosellColumns cosell) {
        this.store = store;
        this.payload = payload;
        this.writer = writer;
        this.rendering = rendering;
        this.cosell = cosell;
        this.leads = store.schema().named("lead");
    }

    /** Null when the call is none of these controls. */
    Answer answer(Call call) {
        String name = call.path().length() > PATH.length() ? call.path().substring(PATH.length() + 1) : "";
        switch (call.method() + (name.isEmpty() ? "" : " {id}")) {
            case "GET":
                return Answer.json(200, Map.of("value", store.rows(leads).all().stream().map(this::json).toList()));
            case "GET {id}":
                return Answer.json(200, json(find(name)));
            case "PATCH {id}":
                return Answer.json(200,
                        json(writer.update(find(name), payload.forUpdate(leads, call.json()), Seed.SELLER)));
            case "DELETE {id}":
                writer.delete(find(name), Seed.SELLER);
                return Answer.empty(204);
            default:
                return null;
        }
    }

    /** By GUID, by Referral Identifier, or the one created last. */
    private Row find(String which) {
        Row row;
        if (which.equals("latest")) {
            var last = store.rows(leads).bySequence().lastEntry();
            row = last == null ? null : last.getValue();
        } else {
            row = !store.rows(leads).indexed(cosell.referralIdentifier()) ? null
                    : store.holding(leads, List.of(cosell.referralIdentifier()), List.of(which));
            row = row == null && which.length() == 36 ? store.find(leads, UUID.fromString(which)) : row;
        }
        if (row == null) {
            throw new Refusal(404, "0x80040217", "lead '" + which + "' does not exist");
        }
        return row;
    }

    private Map<String, Object> json(Row row) {
        return rendering.row(row, Query.parse(store, leads, Map.of()),
                new Preferences(false, false, 5000, null, List.of()));
    }
}
