package dev.cosell.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of {@code deploy/kubernetes} in the models that fabric8 makes from Kubernetes' own API. */
final class Manifests {
    static final Path FOLDER = Path.of("deploy/kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "apps/v1 Deployment", Deployment.class, "v1 Namespace", Namespace.class, "v1 Service", Service.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class, "networking.k8s.io/v1 Ingress", Ingress.class);

    private static final List<CoercionInputShape> PLAIN =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    private static final ObjectMapper STRICT = strict();

    private Manifests() {}

    /** The models take unknown fields into a map, and Jackson makes texts of numbers; Kubernetes refuses both. */
    private static ObjectMapper strict() {
        ObjectMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated member) {
                        return false;
                    }
                }).build();
        for (CoercionInputShape shape : PLAIN) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    /** @throws IllegalArgumentException when the model does not know a field, or a value has another type */
    static HasMetadata parse(Map<String, Object> document) {
        String kind = document.get("apiVersion") + " " + document.get("kind");
        return STRICT.convertValue(document, Objects.requireNonNull(KINDS.get(kind), kind));
    }

    static <T extends HasMetadata> T one(String file, Class<T> kind) {
        return kind.cast(parse(Yaml.read(FOLDER.resolve(file))));
    }

    /** Names of the manifests, those of Kustomize left out. */
    static List<String> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
