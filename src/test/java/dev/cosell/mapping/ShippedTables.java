package dev.cosell.mapping;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The tables of one CRM, loaded from the file under routes/ the way the application loads them. */
record ShippedTables(CompiledTable opportunity, CompiledTable account, CompiledTable contact) {

    static ShippedTables of(String crm) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/mapping-" + crm + ".camel.yaml"));
            context.start();
            return new ShippedTables(table(context, crm + "Fields"), table(context, crm + "AccountFields"),
                    table(context, crm + "ContactFields"));
        }
    }

    private static CompiledTable table(CamelContext context, String name) {
        Map<String, Converter> converters = context.getRegistry().findByTypeWithName(Converter.class);
        return context.getRegistry().lookupByNameAndType(name, FieldTable.class).compile(name, converters);
    }
}
