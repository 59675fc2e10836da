package dev.cosell.simulation;

import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.Link;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a deal's sides are the same, and the product knows it. */
final class Agreement {
    private Agreement() {}

    static boolean showTheSame(World world, World.Deal deal, Field field) {
        return values(world, deal, field).size() == 1;
    }

    static Set<String> values(World world, World.Deal deal, Field field) {
        return Stream.concat(Stream.of(world.portal), world.crms.values().stream())
                .map(model -> deal.ids.get(model.system) == null ? "(none)"
                        : String.valueOf(model.shown(deal.ids.get(model.system), field)))
                .collect(Collectors.toSet());
    }

    /** All sides show the same, and every link says so. */
    static boolean holds(World world, World.Deal deal, Field field) {
        Set<String> shown = values(world, deal, field);
        return shown.size() == 1 && !world.writesAreUnderWay() && world.crms.keySet().stream()
                .allMatch(crm -> known(world, deal, crm, field, shown.iterator().next()));
    }

    private static boolean known(World world, World.Deal deal, String crm, Field field, String value) {
        Link link = world.books.allLinks().stream().filter(each -> each.crm().equals(crm)
                && each.isJoined() && each.crmId().equals(deal.ids.get(crm))).findFirst().orElse(null);
        Agreed agreed = link == null ? null : link.agreed().rows().get(field.in(crm));
        return agreed != null && agreed.toCrm() == null && agreed.toReferral() == null
                && field.normal(agreed.referral()).equals(value) && field.normal(agreed.crm()).equals(value);
    }
}
