using System.Diagnostics;
using System.Text.RegularExpressions;

namespace BetterConnections.Deployment.Tests;

/// <summary>Every service is everywhere, and nothing has more rights than it needs.</summary>
public class ShapeTests
{
    public static TheoryData<string> Programs => [.. Deployments.Programs];

    public static bool HasKubectl => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "kubectl")));

    [Fact]
    public void Every_service_has_a_database_an_image_and_a_way_from_the_gateway()
    {
        var (gateway, databases) = (Deployments.OfCompose("gateway"), Repository.Text("deploy/postgres/databases.sh"));
        var kubernetes = Repository.Text("deploy/kubernetes/base/postgres.yaml");
        var policies = Repository.Text("deploy/kubernetes/base/network-policies.yaml");
        Assert.All(Repository.Services, service =>
        {
            Assert.Equal($"http://{service}:8080", gateway[$"services__{service}__http__0"]);
            Assert.Equal($"http://{service}:8080", Deployments.OfKubernetes("gateway")[$"services__{service}__http__0"]);
            Assert.Matches($@"for service in .*\b{service}\b", databases);
            Assert.Contains($"name: {service}db, owner: {service} ", kubernetes);
            Assert.Contains($"host {service}db {service} all scram-sha-256", kubernetes);
            Assert.Contains(service, policies);
        });
    }

    [Theory, MemberData(nameof(Programs))]
    public void Every_program_has_its_image_everywhere(string program)
    {
        var image = $"better-connections/{program}";
        Assert.Equal(image, Repository.Yaml("deploy/compose.yaml")["services"][program]["image"].ToString());
        Assert.Equal(image, Deployments.Kubernetes($"base/{program}/kustomization.yaml")["images"].Items.Single()["newName"].ToString());
        Assert.Contains(image, Deployments.Kubernetes("example/kustomization.yaml")["images"].Items.Select(i => i["name"].ToString()));
        Assert.Contains(program, Deployments.Kubernetes("base/kustomization.yaml")["resources"].Items.Select(r => r.ToString()));
    }

    [Fact]
    public void Every_container_is_read_only_without_rights_and_limited()
    {
        var services = Repository.Yaml("deploy/compose.yaml")["services"];
        Assert.All(services.Keys, name =>
        {
            var service = services[name];
            Assert.Equal(("true", "ALL", "no-new-privileges:true"), (service["read_only"].ToString(), service["cap_drop"].Items.Single().ToString(), service["security_opt"].Items.Single().ToString()));
            Assert.All(["mem_limit", "cpus", "pids_limit", "healthcheck", "restart"], limit => Assert.True(service.Has(limit), $"{name} has no {limit}."));
            Assert.Equal(name == "gateway", service.Has("ports"));
        });
        Assert.StartsWith("127.0.0.1:", services["gateway"]["ports"].Items.Single().ToString());

        Assert.All(["base/service/deployment.yaml", "base/service-with-database/migration.yaml"], file =>
        {
            var (pod, container) = (Deployments.Kubernetes(file)["spec"]["template"]["spec"], Deployments.Container(file));
            Assert.Equal("true", pod["securityContext"]["runAsNonRoot"].ToString());
            Assert.Equal(("false", "true", "ALL"), (container["securityContext"]["allowPrivilegeEscalation"].ToString(),
                container["securityContext"]["readOnlyRootFilesystem"].ToString(), container["securityContext"]["capabilities"]["drop"].Items.Single().ToString()));
            Assert.Equal(["cpu", "memory"], container["resources"]["limits"].Keys.Order());
        });
        Assert.All(["startupProbe", "readinessProbe", "livenessProbe"], probe => Assert.True(Deployments.Container("base/service/deployment.yaml").Has(probe)));
    }

    /// <summary>Else the largest imports end at the ingress, and everybody behind it is one caller.</summary>
    [Fact]
    public void The_ingress_lets_through_what_the_gateway_takes_and_is_believed_by_it()
    {
        var largest = Regex.Matches(Repository.Text("gateway/appsettings.json"), @"""MaxRequestBodySize"": (\d+)").Max(m => long.Parse(m.Groups[1].Value));
        var limit = Deployments.Kubernetes("example/ingress.yaml")["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"].ToString();
        Assert.Equal($"{largest / 1024 / 1024}m", limit);
        Assert.NotEqual("", Deployments.OfKubernetes("gateway")["Gateway__TrustedProxies__0"]);
    }

    /// <summary>The jobs of Kubernetes would never end otherwise.</summary>
    [Fact]
    public void Every_service_ends_when_it_is_told_to_migrate() => Assert.All(Directory.GetFiles(Path.Combine(Repository.Root, "services"), "Program.cs", new EnumerationOptions { MaxRecursionDepth = 1, RecurseSubdirectories = true }),
        program => Assert.EndsWith("await app.ServeAsync(args);", File.ReadAllText(program).TrimEnd()));

    /// <summary>Whoever reaches the gateway from a trusted network may say whom a request is from.</summary>
    [Fact]
    public void Only_the_ingress_controllers_namespace_reaches_the_gateway_and_few_addresses_are_believed()
    {
        var policy = Deployments.Objects(Repository.Text("deploy/kubernetes/base/network-policies.yaml")).Single(p => p["metadata"]["name"].ToString() == "gateway");
        var from = policy["spec"]["ingress"].Items.Single()["from"].Items.Single()["namespaceSelector"]["matchLabels"];
        Assert.Equal("ingress-nginx", from["kubernetes.io/metadata.name"].ToString());
        Assert.InRange(int.Parse(Deployments.OfKubernetes("gateway")["Gateway__TrustedProxies__0"].Split('/')[1]), 16, 32);
    }

    [Theory(Skip = "kubectl is not installed here.", SkipUnless = nameof(HasKubectl)), InlineData("example"), InlineData("example-other-sign-in")]
    public void Kustomize_builds_the_examples_with_all_objects_of_every_program(string example)
    {
        var objects = Built(example).Select(o => $"{o["kind"]} {o["metadata"]["name"]}").ToHashSet();
        Assert.All(Deployments.Programs, program => Assert.Empty(new[] { "Deployment", "Service", "PodDisruptionBudget", "HorizontalPodAutoscaler" }.Select(kind => $"{kind} {program}").Except(objects)));
        Assert.All(Repository.Services, service => Assert.Empty(new[] { $"Job migrate-{service}", $"Database {service}" }.Except(objects)));
    }

    [Fact(Skip = "kubectl is not installed here.", SkipUnless = nameof(HasKubectl))]
    public void With_another_provider_its_keys_are_read_at_its_own_address_by_all_who_check_tokens()
    {
        var objects = Built("example-other-sign-in");
        var settings = objects.Single(o => o["kind"].ToString() == "ConfigMap")["data"];
        Assert.StartsWith(settings["Authentication__Authority"].ToString(), settings["Authentication__MetadataAddress"].ToString());
        Assert.Equal(("true", "https://better-connections.example"), (settings["Authentication__RequireHttps"].ToString(), settings["Identity__Issuer"].ToString()));
        var way = objects.Single(o => o["metadata"]["name"].ToString() == "sign-in-provider")["spec"];
        Assert.Equal(Deployments.Programs.Except(["identity"]).Order(), way["podSelector"]["matchExpressions"].Items.Single()["values"].Items.Select(v => v.ToString()).Order());
        Assert.Equal("443", way["egress"].Items.Single()["ports"].Items.Single()["port"].ToString());
        var gateway = objects.Single(o => o["kind"].ToString() == "Deployment" && o["metadata"]["name"].ToString() == "gateway");
        Assert.Contains("Gateway__SignIn__ClientSecret", gateway["spec"]["template"]["spec"]["containers"].Items.Single()["env"].Items.Select(e => e["name"].ToString()));
    }

    private static List<Node> Built(string example) =>
        Deployments.Objects(Repository.Run(new("kubectl", ["kustomize", Path.Combine(Repository.Root, "deploy/kubernetes", example)]) { RedirectStandardOutput = true }));
}
