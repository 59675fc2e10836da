package dev.cosell.crm.toy;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.check.Opportunities;
import dev.cosell.connection.Connections;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.CrmGround;
import dev.cosell.entra.TokenSource;
import dev.cosell.http.HttpSystem;
import dev.cosell.settings.Settings;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;

final class ToyBeans implements CrmBeans {
    private final Settings settings;
    private final Clock clock;
    private final Connections connections;
    private final ToyView view = new ToyView();

    ToyBeans(Settings settings, Clock clock, Connections connections) {
        this.settings = settings;
        this.clock = clock;
        this.connections = connections;
    }

    @Override
    public CrmView view() {
        return view;
    }

    @Override
    public CrmRecordView leadView() {
        return new ToyLeadView();
    }

    @Override
    public void bind(CamelContext camel, CrmGround ground) {
        camel.getRegistry().bind("toyHttp",
                new HttpSystem(connections.of(ToyCrm.NAME), settings.text(ToyKey.URL), token(), ground.json(), clock));
        camel.getRegistry().bind("toyVerbs", new ToyVerbs(view));
    }

    private TokenSource token() {
        return new TokenSource() {
            @Override
            public String token() {
                return settings.text(ToyKey.TOKEN);
            }

            @Override
            public void discard(String token) {}
        };
    }

    @Override
    public List<Check> checks(Checked checked) {
        return List.of(new Check() {
            @Override
            public String where() {
                return ToyCrm.NAME;
            }

            @Override
            public String what() {
                return "opportunities";
            }

            @Override
            public List<Finding> look() {
                int there = checked.calls().ask("toy-changes", null, Changes.class).changes().size();
                return List.of(Finding.ok(where(), what(), there + " are there"));
            }
        });
    }

    @Override
    public Opportunities opportunities(Calls calls) {
        return new Opportunities() {
            @Override
            @SuppressWarnings("unchecked")
            public List<Map<String, Object>> shared(int limit) {
                return calls.ask("toy-changes", null, Changes.class).changes().stream()
                        .map(change -> (Map<String, Object>) calls.ask("toy-get", change.id(), Map.class))
                        .filter(view::syncWanted).limit(limit).toList();
            }

            @Override
            public Set<String> existing(List<String> ids) {
                Set<String> existing = new HashSet<>(ids);
                existing.removeIf(id -> calls.ask("toy-get", id, Map.class) == null);
                return existing;
            }
        };
    }
}
