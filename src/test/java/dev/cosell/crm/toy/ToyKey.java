package dev.cosell.crm.toy;

import dev.cosell.settings.Form;
import dev.cosell.settings.Setting;

/** The settings that only the toy CRM has. */
public enum ToyKey implements Setting {
    URL(new Definition("toy.url", "", Form.ADDRESS_OR_NOTHING)),
    TOKEN(Definition.secret("toy.token")),
    POLL_INTERVAL(new Definition("toy.poll-interval", "60s", Form.TIME)),
    SANDBOX_PORT(new Definition("sandbox.toy-port", "8084", Form::port));

    private final Definition definition;

    ToyKey(Definition definition) {
        this.definition = definition;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
