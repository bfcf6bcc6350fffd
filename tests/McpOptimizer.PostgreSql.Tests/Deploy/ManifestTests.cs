using Shared.Conventions;
using YamlDotNet.RepresentationModel;

namespace McpOptimizer.PostgreSql.Tests.Deploy;

/// <summary>
/// Reads docs/deploy/kubernetes.yaml strictly, without a cluster: what each kind may hold as far as the file uses it, and whether names and labels meet.
/// A member that is misspelt is unknown here as it would be there.
/// </summary>
public sealed class ManifestTests
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        [""] = ["apiVersion", "kind", "metadata", "spec", "data"],
        ["metadata"] = ["name", "labels"],
        ["Deployment.spec"] = ["replicas", "selector", "strategy", "template"],
        ["Deployment.spec.strategy"] = ["type", "rollingUpdate"],
        ["Deployment.spec.strategy.rollingUpdate"] = ["maxUnavailable", "maxSurge"],
        ["Deployment.spec.template"] = ["metadata", "spec"],
        ["Deployment.spec.template.spec"] = ["automountServiceAccountToken", "terminationGracePeriodSeconds", "securityContext", "topologySpreadConstraints", "containers", "volumes"],
        ["Deployment.spec.template.spec.containers"] =
            ["name", "image", "args", "ports", "env", "startupProbe", "readinessProbe", "livenessProbe", "resources", "securityContext", "volumeMounts"],
        ["Deployment.spec.template.spec.volumes"] = ["name", "configMap", "secret", "emptyDir"],
        ["Service.spec"] = ["selector", "sessionAffinity", "ports"],
        ["Service.spec.ports"] = ["name", "port", "targetPort"],
        ["PodDisruptionBudget.spec"] = ["minAvailable", "selector"],
        ["NetworkPolicy.spec"] = ["podSelector", "policyTypes", "ingress", "egress"],
    };

    private static readonly Dictionary<string, string> Versions = new()
    {
        ["ConfigMap"] = "v1",
        ["Deployment"] = "apps/v1",
        ["Service"] = "v1",
        ["PodDisruptionBudget"] = "policy/v1",
        ["NetworkPolicy"] = "networking.k8s.io/v1",
    };

    private static readonly YamlMappingNode[] Documents = Read();

    [Xunit.Fact]
    public void Manifest_HoldsKnownKindsAndMembersOnly()
    {
        Documents.Select(document => Text(document, "kind")).Should().BeEquivalentTo(Versions.Keys);
        foreach (YamlMappingNode document in Documents)
        {
            string kind = Text(document, "kind");
            Text(document, "apiVersion").Should().Be(Versions[kind]);
            Check(document, kind, "");
        }
    }

    [Xunit.Fact]
    public void Manifest_NamesAndLabelsMeet()
    {
        YamlNode pod = At(Of("Deployment"), "spec", "template");
        string app = ((YamlScalarNode)At(pod, "metadata", "labels", "app")).Value!;
        foreach (string kind in new[] { "Deployment", "PodDisruptionBudget" })
        {
            ((YamlScalarNode)At(Of(kind), "spec", "selector", "matchLabels", "app")).Value.Should().Be(app);
        }

        ((YamlScalarNode)At(Of("Service"), "spec", "selector", "app")).Value.Should().Be(app);
        YamlNode container = ((YamlSequenceNode)At(pod, "spec", "containers"))[0];
        string[] ports = [.. ((YamlSequenceNode)At(container, "ports")).Select(port => Text((YamlMappingNode)port, "name"))];
        foreach (string probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            ports.Should().Contain(((YamlScalarNode)At(container, probe, "httpGet", "port")).Value);
        }

        string[] volumes = [.. ((YamlSequenceNode)At(pod, "spec", "volumes")).Select(volume => Text((YamlMappingNode)volume, "name"))];
        ((YamlSequenceNode)At(container, "volumeMounts")).Select(mount => Text((YamlMappingNode)mount, "name")).Should().BeEquivalentTo(volumes);
        ((YamlMappingNode)At(Of("ConfigMap"), "data")).Children.Keys.Should().ContainSingle(key => ((YamlScalarNode)key).Value == "servers.json");
    }

    private static void Check(YamlNode node, string kind, string path)
    {
        if (node is YamlSequenceNode list)
        {
            foreach (YamlNode item in list)
            {
                Check(item, kind, path);
            }
        }
        else if (node is YamlMappingNode map)
        {
            string[]? known = Known.GetValueOrDefault(path) ?? Known.GetValueOrDefault($"{kind}.{path}");
            foreach ((YamlNode key, YamlNode value) in map.Children)
            {
                string name = ((YamlScalarNode)key).Value!;
                (known?.Contains(name)).Should().NotBe(false, "{0} of a {1} has no member '{2}'", path, kind, name);
                Check(value, kind, path.Length == 0 ? name : $"{path}.{name}");
            }
        }
    }

    private static YamlMappingNode Of(string kind) => Documents.Single(document => Text(document, "kind") == kind);

    private static string Text(YamlMappingNode node, string member) => ((YamlScalarNode)node.Children[new YamlScalarNode(member)]).Value!;

    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (at, member) => ((YamlMappingNode)at).Children[new YamlScalarNode(member)]);

    private static YamlMappingNode[] Read()
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(SourceConvention.RepositoryRoot(), "docs", "deploy", "kubernetes.yaml"));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }
}
