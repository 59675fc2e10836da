package dev.cosell.page;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.cosell.text.Storable;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody may do here, by the app roles and groups that the identity provider names. */
final class Roles {
    private static final int LONGEST_NAME = 200;

    private Roles() {}

    /** @throws Refused when it is nobody who may come in */
    static Person person(SignInSettings settings, IDTokenClaimsSet claims) {
        Set<String> held = new HashSet<>(list(claims, "roles"));
        held.addAll(list(claims, "groups"));
        String name = name(claims);
        if (!Collections.disjoint(held, settings.operators())) {
            return new Person(name, Person.Role.OPERATOR, true);
        }
        if (!Collections.disjoint(held, settings.viewers())) {
            return new Person(name, Person.Role.VIEWER, true);
        }
        throw new Refused(403, name + " may not use this page: "
                + (claims.getClaim("_claim_names") == null ? "neither an app role nor a group of theirs is named in "
                        + "management.sign-in.viewers or management.sign-in.operators"
                        : "they are in too many groups for the provider to name them, so give them an app role"));
    }

    private static Collection<String> list(IDTokenClaimsSet claims, String name) {
        List<String> list = claims.getStringListClaim(name);
        return list == null ? List.of() : list;
    }

    private static String name(IDTokenClaimsSet claims) {
        String name = Stream.of("preferred_username", "name").map(claims::getStringClaim)
                .filter(each -> each != null && !each.isBlank()).findFirst().orElse(claims.getSubject().getValue());
        return name.length() > LONGEST_NAME ? Storable.of(name.substring(0, LONGEST_NAME)) : name;
    }
}
