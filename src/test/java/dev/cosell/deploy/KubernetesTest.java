package dev.cosell.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests are what Kubernetes takes, and what they say of the application is true. */
class KubernetesTest {
    private static final Path SETTINGS = Manifests.FOLDER.resolve("application.properties");
    private static final int WORK_IN_FLIGHT_SECONDS = 20;
    private static final Pattern KEY = Pattern.compile("--from-literal=([^=\\s]+)=");

    private final Image image = new Image();
    private final DeploymentSpec deployment = Manifests.one("deployment.yaml", Deployment.class).getSpec();
    private final PodSpec pod = deployment.getTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);
    private final Map<String, String> labels = deployment.getTemplate().getMetadata().getLabels();
    private final Settings settings = GivenSettings.read(SETTINGS, secrets());

    static List<String> manifests() {
        return Manifests.files();
    }

    /** Those that the manual shows, each with some value that its form allows. */
    private static Map<String, String> secrets() {
        try {
            return KEY.matcher(Files.readString(Path.of("docs/production.md"))).results().map(key -> key.group(1))
                    .collect(Collectors.toMap(key -> key, GivenSettings::someSecret));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void a_manifest_has_only_fields_that_kubernetes_knows(String file) {
        assertThat(Manifests.parse(Yaml.read(Manifests.FOLDER.resolve(file)))).isNotNull();
    }

    @Test
    void a_field_that_kubernetes_does_not_know_and_a_number_as_text_would_be_found() {
        Map<String, Object> service = Yaml.read(Manifests.FOLDER.resolve("service.yaml"));
        Yaml.map(service, "spec").put("selectors", Map.of());
        assertThatThrownBy(() -> Manifests.parse(service)).hasMessageContaining("selectors");
        Map<String, Object> another = Yaml.read(Manifests.FOLDER.resolve("service.yaml"));
        Yaml.map(another, "metadata").put("name", 5);
        assertThatThrownBy(() -> Manifests.parse(another)).hasMessageContaining("String");
    }

    @Test
    void kustomize_names_every_manifest_and_every_route_file() throws IOException {
        String text = Files.readString(Manifests.FOLDER.resolve("kustomization.yaml"));
        Map<String, Object> all = Yaml.read(Manifests.FOLDER.resolve("kustomization.yaml"));
        assertThat(Manifests.files()).allSatisfy(file -> assertThat(text).contains("- " + file + "\n"));
        assertThat(Yaml.list(all, "resources")).allSatisfy(path ->
                assertThat(Manifests.FOLDER.resolve(path.toString())).exists());
        assertThat(Yaml.texts(all.get("images"))).contains(container.getImage());

        Map<String, Object> routes = Yaml.read(Path.of("routes/kustomization.yaml"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            List<String> there = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".camel.yaml")).toList();
            assertThat(Yaml.list(Yaml.list(routes, "configMapGenerator").get(0), "files"))
                    .containsExactlyInAnyOrderElementsOf(new ArrayList<>(there));
        }
        Set<String> made = Stream.of(all, routes).flatMap(each -> Yaml.list(each, "configMapGenerator").stream())
                .map(each -> (String) Yaml.at(each, "name")).collect(Collectors.toSet());
        assertThat(pod.getVolumes().stream().filter(volume -> volume.getConfigMap() != null)
                .map(volume -> volume.getConfigMap().getName())).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void the_settings_can_be_read_and_hold_no_secret() throws IOException {
        Properties given = new Properties();
        given.load(Files.newBufferedReader(SETTINGS));
        assertThat(given.stringPropertyNames()).allSatisfy(name -> assertThat(GivenSettings.isSecret(
                GivenSettings.of(name.toUpperCase().replace('.', '_').replace('-', '_')))).as(name).isFalse());
        assertThat(settings.sandbox()).isFalse();
        assertThat(settings.text(Key.BROKER_URL)).doesNotContainIgnoringCase("password");
    }

    @Test
    void a_variable_is_a_setting_and_secrets_are_references_only() {
        for (EnvVar variable : container.getEnv()) {
            Setting setting = GivenSettings.of(variable.getName());
            assertThat(GivenSettings.isSecret(setting)).as(variable.getName()).isTrue();
            assertThat(variable.getValue()).as(variable.getName()).isNull();
            assertThat(variable.getValueFrom().getSecretKeyRef().getKey()).isEqualTo(variable.getName());
        }
    }

    /** An address of Slack, a refresh token, a secret of the page's sign-in: eleven keys arrived, and these nowhere. */
    @Test
    void whatever_is_in_the_secret_arrives_and_the_manual_names_it_as_the_application_does() {
        assertThat(container.getEnvFrom()).singleElement().satisfies(all -> {
            assertThat(all.getSecretRef().getName()).isEqualTo("cosell-secrets");
            assertThat(all.getPrefix()).isNull();
        });
        assertThat(secrets().keySet()).containsAll(container.getEnv().stream().map(EnvVar::getName).toList())
                .allSatisfy(key -> assertThat(GivenSettings.isSecret(GivenSettings.of(key))).as(key).isTrue());
    }

    /** Database and broker were placed in a namespace without its rule, which kept their next pods out. */
    @Test
    void the_manual_makes_the_namespace_with_its_rule_before_anything_is_placed_in_it() throws IOException {
        assertThat(Files.readString(Path.of("docs/production.md")).split("(?=PostgreSQL and the pair of brokers)")[0])
                .contains("`kubectl apply -f deploy/kubernetes/namespace.yaml`", "*restricted*");
        assertThat(Manifests.one("namespace.yaml", Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void who_publishes_the_page_finds_the_lines_for_its_port() throws IOException {
        assertThat(Files.readString(Manifests.FOLDER.resolve("service.yaml"))).contains("#   targetPort: management\n");
        assertThat(Files.readString(Manifests.FOLDER.resolve("network-policy.yaml")))
                .contains("#     - port: " + settings.number(Key.MANAGEMENT_PORT) + "\n");
    }

    @Test
    void ports_are_those_the_application_listens_on() {
        Map<String, Integer> ports = container.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
        assertThat(ports).containsExactlyInAnyOrderEntriesOf(Map.of("webhook", settings.number(Key.HTTP_PORT),
                "management", settings.number(Key.MANAGEMENT_PORT)));
        assertThat(image.port()).isEqualTo(settings.number(Key.HTTP_PORT));
        assertThat(settings.text(Key.MANAGEMENT_HOST)).as("the kubelet asks at the pod's address").isEqualTo("0.0.0.0");
        assertThat(Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe()))
                .allSatisfy(probe -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"));
        Service service = Manifests.one("service.yaml", Service.class);
        assertThat(service.getSpec().getPorts()).singleElement()
                .satisfies(port -> assertThat(ports).containsKey(port.getTargetPort().getStrVal()));
        Ingress ingress = Manifests.one("ingress.yaml", Ingress.class);
        assertThat(ingress.getSpec().getRules().get(0).getHttp().getPaths()).singleElement().satisfies(path -> {
            assertThat("/webhooks/partner-center").startsWith(path.getPath());
            assertThat(path.getBackend().getService().getName()).isEqualTo(service.getMetadata().getName());
        });
    }

    @Test
    void nobody_but_the_door_is_reached_and_only_what_is_needed_can_be_called() {
        NetworkPolicy policy = Manifests.one("network-policy.yaml", NetworkPolicy.class);
        assertThat(ports(policy.getSpec().getIngress().stream().flatMap(rule -> rule.getPorts().stream())))
                .containsExactly(settings.number(Key.HTTP_PORT));
        assertThat(policy.getSpec().getIngress()).allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty());
        assertThat(ports(policy.getSpec().getEgress().stream().flatMap(rule -> rule.getPorts().stream())))
                .containsAll(GivenSettings.ports(settings)).contains(53, 443, 80);
    }

    /** Mail at the port that the settings recommend for TLS never left the cluster. */
    @Test
    void every_port_that_the_settings_name_or_recommend_can_be_called() throws IOException {
        Set<Integer> open = Set.copyOf(ports(Manifests.one("network-policy.yaml", NetworkPolicy.class).getSpec()
                .getEgress().stream().flatMap(rule -> rule.getPorts().stream())));
        assertThat(settings.hosts()).extracting(host -> Integer.valueOf(host.substring(host.lastIndexOf(':') + 1)))
                .allMatch(open::contains);
        String manual = Files.readString(Path.of("application.properties"));
        assertThat(manual).contains("# Its port: 587 as a rule, 465 with tls, 25 for a relay");
        assertThat(open).contains(587, 465);
        assertThat(Files.readString(Manifests.FOLDER.resolve("network-policy.yaml"))).as("who has a relay finds it")
                .contains("# - port: 25\n");
    }

    private static Collection<Integer> ports(Stream<NetworkPolicyPort> ports) {
        return ports.map(port -> port.getPort().getIntVal()).collect(Collectors.toSet());
    }

    @Test
    void everything_is_mounted_where_the_image_has_it() {
        assertThat(container.getVolumeMounts()).extracting(VolumeMount::getMountPath)
                .allMatch(path -> path.startsWith("/run/secrets/") || image.has(path))
                .contains(image.folder() + "/routes", image.folder() + "/application.properties",
                        image.folder() + "/data", "/tmp");
        assertThat(container.getVolumeMounts()).extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(pod.getVolumes().stream().map(Volume::getName).toList());
    }

    @Test
    void an_instance_may_as_little_as_in_the_image() {
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(image.user());
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        SecurityContext rights = container.getSecurityContext();
        assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
        assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
        assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).as("a Service named http would be the setting http.port").isFalse();
    }

    @Test
    void one_instance_always_works_and_each_has_time_to_end_its_work() {
        assertThat(deployment.getReplicas()).isEqualTo(2);
        assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
        PodDisruptionBudget budget = Manifests.one("disruption-budget.yaml", PodDisruptionBudget.class);
        assertThat(budget.getSpec().getMinAvailable().getIntVal()).isEqualTo(1);
        assertThat(Stream.of(budget.getSpec().getSelector().getMatchLabels(), deployment.getSelector().getMatchLabels(),
                Manifests.one("service.yaml", Service.class).getSpec().getSelector(),
                Manifests.one("network-policy.yaml", NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels()))
                .allSatisfy(selector -> assertThat(labels).containsAllEntriesOf(selector).isNotEmpty());
        List<String> wait = container.getLifecycle().getPreStop().getExec().getCommand();
        assertThat(pod.getTerminationGracePeriodSeconds())
                .isGreaterThan(Long.parseLong(wait.get(1)) + WORK_IN_FLIGHT_SECONDS + 10);
        Map<String, Quantity> asked = container.getResources().getRequests();
        assertThat(asked.get("memory").getNumericalAmount().longValueExact()).as("what was measured")
                .isGreaterThan(400L << 20);
        assertThat(container.getResources().getLimits().get("memory").getNumericalAmount())
                .isGreaterThan(asked.get("memory").getNumericalAmount());
    }
}
