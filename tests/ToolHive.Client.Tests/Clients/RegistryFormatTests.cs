using System.Text.Json;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Tests.Clients;

/// <summary>The formats in which registries hand out their servers today and did before.</summary>
public sealed class RegistryFormatTests
{
    private const string Image = """
        {"name":"io.example/weather","title":"Weather","description":"Weather of tomorrow","version":"1.0.0",
         "repository":{"url":"https://git.example.com/weather","source":"github"},
         "packages":[{"registryType":"npm","identifier":"weather"},
           {"registryType":"oci","identifier":"ghcr.io/example/weather:1.2","transport":{"type":"stdio"},
            "environmentVariables":[{"name":"API_KEY","description":"Key","isRequired":true,"isSecret":true},{"name":"UNIT","default":"C"}]}],
         "_meta":{"io.modelcontextprotocol.registry/publisher-provided":{"io.github.stacklok":{
           "ghcr.io/example/other:1":{"tags":["wrong"]},
           "ghcr.io/example/weather:1.2":{"tags":["weather"],"tools":["get_forecast"],"tool_definitions":[{"name":"get_alerts"},{"name":"get_forecast"}],
             "status":"Active","tier":"Official","overview":"# Weather","metadata":{"stars":7},"permissions":{"network":{"outbound":{"insecure_allow_all":true}}}}}}}}
        """;

    private const string Remote = """
        {"name":"io.example/notes","description":"Notes","remotes":[
          {"type":"sse","url":"https://{tenant}.example.com/sse"},
          {"type":"streamable-http","url":"https://notes.example.com/mcp","headers":[{"name":"X-Key","isRequired":true,"isSecret":true}]}],
         "_meta":{"io.modelcontextprotocol.registry/publisher-provided":{"com.example.own":{"https://notes.example.com/mcp":{"tags":["notes"],"status":"Deprecated"}}}}}
        """;

    [Theory]
    [InlineData("""{"version":"1.0.0","meta":{"last_updated":"2026-02-20T00:00:00Z"},"data":{"servers":[IMAGE,REMOTE]}}""")]
    [InlineData("""{"servers":[{"server":IMAGE,"_meta":{"io.modelcontextprotocol.registry/official":{"status":"active","isLatest":true}}},{"server":REMOTE}],"metadata":{"count":2}}""")]
    [InlineData("""{"servers":[IMAGE,REMOTE],"metadata":{"next_cursor":"x","count":2}}""")]
    [InlineData("""[IMAGE,REMOTE]""")]
    [InlineData("""{"servers":{"io.example/weather":IMAGE},"remote_servers":{"io.example/notes":REMOTE}}""")]
    public void ReadCatalog_AnyFrame_ReadsBothWithTagsToolsAndStatus(string frame)
    {
        RegistryCatalog catalog = RegistryReader.ReadCatalog(Parse(frame));

        catalog.Problems.Should().BeEmpty();
        catalog.IsComplete.Should().BeTrue();
        ContainerRegistryServer weather = catalog.Servers.Should().ContainSingle().Subject;
        (weather.Name, weather.Title, weather.Image, weather.Transport, weather.Status, weather.Tier, weather.RepositoryUrl, weather.Metadata!.Stars)
            .Should().Be(("io.example/weather", "Weather", "ghcr.io/example/weather:1.2", "stdio", "Active", "Official", "https://git.example.com/weather", 7));
        weather.Tags.Should().Equal("weather");
        weather.Tools.Should().Equal("get_forecast", "get_alerts");
        weather.EnvVars.Select(variable => (variable.Name, variable.Required, variable.Secret, variable.Default))
            .Should().Equal(("API_KEY", true, true, null), ("UNIT", false, false, "C"));
        RemoteRegistryServer notes = catalog.RemoteServers.Should().ContainSingle().Subject;
        (notes.Name, notes.Url, notes.Transport, notes.Status).Should().Be(("io.example/notes", "https://notes.example.com/mcp", "streamable-http", "Deprecated"));
        notes.Tags.Should().Equal("notes");
        notes.Headers.Should().ContainSingle().Which.Secret.Should().BeTrue();
    }

    [Fact]
    public void ReadCatalog_FrameOfToday_KeepsVersionAndDate()
    {
        RegistryCatalog catalog = RegistryReader.ReadCatalog(Parse("""{"version":"1.0.0","meta":{"last_updated":"2026-02-20T00:00:00Z"},"data":{"servers":[]}}"""));

        (catalog.Version, catalog.LastUpdated, catalog.IsComplete).Should().Be(("1.0.0", "2026-02-20T00:00:00Z", true));
    }

    [Fact]
    public void ReadCatalog_SingleServerJson_IsOneEntry() =>
        RegistryReader.ReadCatalog(Parse("IMAGE")).Servers.Should().ContainSingle().Which.Name.Should().Be("io.example/weather");

    [Theory]
    [InlineData("""{"registry_type":"oci","identifier":"acme/x","version":"2.0","registry_base_url":"https://ghcr.io"}""", "ghcr.io/acme/x:2.0")]
    [InlineData("""{"registryType":"oci","identifier":"acme/x","version":"2.0","registryBaseUrl":"https://docker.io"}""", "acme/x:2.0")]
    [InlineData("""{"registry_name":"docker","name":"acme/x","version":"2.0"}""", "acme/x:2.0")]
    [InlineData("""{"registryType":"oci","identifier":"localhost:5000/x","version":"2.0"}""", "localhost:5000/x:2.0")]
    [InlineData("""{"registryType":"oci","identifier":"ghcr.io/acme/x@sha256:00","version":"2.0"}""", "ghcr.io/acme/x@sha256:00")]
    public void ReadCatalog_PackageInAnySpelling_IsAWholeReference(string package, string image) =>
        RegistryReader.ReadCatalog(Parse($$"""[{"name":"a/x","packages":[{{package}}]}]""")).Servers.Should().ContainSingle().Which.Image.Should().Be(image);

    [Fact]
    public void ReadCatalog_WhatIsNotToBeUsed_IsSkippedWithTheReasonAndIsNoFault()
    {
        RegistryCatalog catalog = RegistryReader.ReadCatalog(Parse("""
            {"servers":[
              {"name":"a/npm","packages":[{"registryType":"npm","identifier":"x"},{"registryType":"pypi","identifier":"x"}]},
              {"name":"a/variables","remotes":[{"type":"sse","url":"https://{host}/sse"}]},
              {"server":{"name":"a/old","remotes":[{"url":"https://x.test"}]},"_meta":{"io.modelcontextprotocol.registry/official":{"isLatest":false}}},
              {"server":{"name":"a/gone","remotes":[{"url":"https://x.test"}]},"_meta":{"io.modelcontextprotocol.registry/official":{"status":"deleted"}}},
              {"name":"a/earlier","remotes":[{"url":"https://x.test"}],"_meta":{"io.modelcontextprotocol.registry/official":{"is_latest":false}}},
              {"name":"a/nothing","packages":[],"remotes":null}]}
            """));

        catalog.Skipped.Should().BeEquivalentTo(
        [
            "1 left out because they have neither a remote nor a container image, only npm, pypi: a/npm",
            "1 left out because they have addresses with variables only: a/variables",
            "2 left out because they are older versions: a/old, a/earlier",
            "1 left out because they are marked as deleted: a/gone",
            "1 left out because they have neither a remote nor a container image: a/nothing",
        ]);
        (catalog.IsComplete, catalog.Servers.Count, catalog.RemoteServers.Count).Should().Be((true, 0, 0));
    }

    [Fact]
    public void ReadCatalog_OddElements_CostThemselves()
    {
        RegistryCatalog catalog = RegistryReader.ReadCatalog(Parse("""
            [null, 5, "x", [], {"packages":5}, {"name":"a/half\ud800","remotes":[{"url":"https://x.test"}]},
             {"name":"a/odd","remotes":[null,7,{"url":5},{"url":"https://odd.test/mcp"}],"_meta":{"io.modelcontextprotocol.registry/publisher-provided":[1]}}, IMAGE]
            """));

        catalog.RemoteServers.Should().ContainSingle().Which.Url.Should().Be("https://odd.test/mcp");
        catalog.Servers.Should().ContainSingle();
        catalog.IsComplete.Should().BeFalse();
        RegistryReader.ReadCatalog(Parse("""{"servers":{"\ud800":{"image":"x:1"},"b":{"image":"y:1"}}}""")).Servers.Should().ContainSingle().Which.Name.Should().Be("b");
    }

    [Fact]
    public void ReadCatalog_AnyJson_NeverThrows()
    {
        Random random = new(20260103);
        string[] leaves = ["null", "5", "true", "\"x\"", "\"https://x.test/{y}\"", "[]", "{}", Image, Remote];
        string[] names = ["servers", "remote_servers", "data", "server", "_meta", "packages", "remotes", "name", "groups", "image", "url", "metadata", "identifier", "registryType"];
        for (int i = 0; i < 3000; i++)
        {
            using JsonDocument document = JsonDocument.Parse(Any(4));
            if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                FluentActions.Invoking(() => RegistryReader.ReadCatalog(document.RootElement)).Should().NotThrow(document.RootElement.GetRawText());
            }
        }

        string Any(int depth) => (depth == 0 ? 0 : random.Next(4)) switch
        {
            1 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Any(depth - 1)))}]",
            2 or 3 => $"{{{string.Join(',', names.OrderBy(_ => random.Next()).Take(random.Next(5)).Select(name => $"\"{name}\":{Any(depth - 1)}"))}}}",
            _ => leaves[random.Next(leaves.Length)],
        };
    }

    [Theory]
    [InlineData("""{"server":IMAGE}""", "io.example/weather")]
    [InlineData("IMAGE", "io.example/weather")]
    [InlineData("""{"is_remote":true,"remote_server":{"name":"r","url":"https://r.test"}}""", "r")]
    [InlineData("""{"server":{"name":"c","image":"x:1"}}""", "c")]
    public void ReadServer_AnyForm_IsRead(string answer, string name) => RegistryReader.ReadServer(Parse(answer))!.Name.Should().Be(name);

    private static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text.Replace("IMAGE", Image, StringComparison.Ordinal).Replace("REMOTE", Remote, StringComparison.Ordinal));
        return document.RootElement.Clone();
    }
}
