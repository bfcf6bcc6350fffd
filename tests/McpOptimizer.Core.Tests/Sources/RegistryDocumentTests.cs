using System.Net;
using System.Text;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace McpOptimizer.Core.Tests.Sources;

/// <summary>The formats in which registries are handed out, read from files and from addresses.</summary>
public sealed class RegistryDocumentTests : IDisposable
{
    private const string Weather = """
        {"name":"io.example/weather","description":"Weather of tomorrow",
         "packages":[{"registryType":"oci","identifier":"ghcr.io/example/weather:1.2","transport":{"type":"stdio"}}],
         "_meta":{"io.modelcontextprotocol.registry/publisher-provided":{"io.github.stacklok":{
           "ghcr.io/example/weather:1.2":{"tags":["weather"],"tools":["get_forecast"],"tool_definitions":[{"name":"get_alerts"}],"status":"Active"}}}}}
        """;

    private const string Notes = """{"name":"io.example/notes","description":"Notes","remotes":[{"type":"streamable-http","url":"https://notes.example.com/mcp"}]}""";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("""{"version":"1.0.0","meta":{"last_updated":"2026-02-20T00:00:00Z"},"data":{"servers":[WEATHER,NOTES]}}""")]
    [InlineData("""{"servers":[{"server":WEATHER,"_meta":{"io.modelcontextprotocol.registry/official":{"status":"active","isLatest":true}}},{"server":NOTES}],"metadata":{"count":2}}""")]
    [InlineData("""{"servers":[WEATHER,NOTES]}""")]
    [InlineData("""[WEATHER,NOTES]""")]
    [InlineData("""{"registry":{"data":{"servers":[WEATHER],"groups":[{"name":"g","servers":[NOTES]}]}}}""")]
    [InlineData("""{"servers":{"io.example/weather":WEATHER},"remote_servers":{"io.example/notes":NOTES}}""")]
    [InlineData("""
        // Hand-written files have comments and commas at the end.
        {"servers":{"io.example/weather":{"image":"ghcr.io/example/weather:1.2","transport":"stdio","description":"Weather of tomorrow","tags":["weather"],
          "tools":["get_forecast","get_alerts"]}},"remote_servers":{"io.example/notes":{"url":"https://notes.example.com/mcp","transport":"streamable-http","description":"Notes"}},}
        """)]
    public async Task ListAsync_AnyFormat_ReadsBothWithTagsAndTools(string document)
    {
        RegistryListing listing = await ReadAsync(document);

        listing.IsComplete.Should().BeTrue();
        listing.Entries.Should().HaveCount(2);
        RegistryEntry weather = listing.Entries[0];
        (weather.Name, weather.Package, weather.Url, weather.Transport, weather.Description)
            .Should().Be(("io.example/weather", "ghcr.io/example/weather:1.2", null, "stdio", "Weather of tomorrow"));
        weather.Tags.Should().Equal("weather");
        weather.ToolNames.Should().Equal("get_forecast", "get_alerts");
        (listing.Entries[1].Name, listing.Entries[1].Url, listing.Entries[1].Transport)
            .Should().Be(("io.example/notes", "https://notes.example.com/mcp", "streamable-http"));
    }

    [Theory]
    [InlineData("NOTES")]
    [InlineData("""{"server":NOTES,"_meta":{}}""")]
    public async Task ListAsync_SingleServerJson_IsOneEntry(string document) =>
        (await ReadAsync(document)).Entries.Should().ContainSingle().Which.Name.Should().Be("io.example/notes");

    [Theory]
    [InlineData("{}")]
    [InlineData("5")]
    [InlineData("""{"servers":5}""")]
    [InlineData("""{"name":"a package.json","version":"1.0.0"}""")]
    public async Task ListAsync_NoKnownFormat_SaysWhichAreKnown(string document) =>
        await FluentActions.Awaiting(() => ReadAsync(document)).Should().ThrowAsync<SourceFileException>().WithMessage("*none of the known formats*data.servers*");

    [Fact]
    public async Task ListAsync_WhatIsLeftOut_IsSaidAndOnlyFaultsMakeItIncomplete()
    {
        RegistryListing harmless = await ReadAsync("""
            [{"name":"a/npm","packages":[{"registryType":"npm","identifier":"x"}]},
             {"server":{"name":"a/old","remotes":[{"url":"https://x.test"}]},"_meta":{"io.modelcontextprotocol.registry/official":{"isLatest":false}}},
             {"name":"a/gone","status":"deleted","remotes":[{"url":"https://x.test"}]}, NOTES, NOTES]
            """);
        RegistryListing faulty = await ReadAsync("""{"servers":{"a":{"transport":"stdio"},"b":null,"c":"x","d\ud800":{"image":"y:1","description":"\udc00"},"e":{"image":"x:1","tools":[1,"t"]}}}""");

        harmless.Entries.Should().ContainSingle().Which.Name.Should().Be("io.example/notes");
        (harmless.IsComplete, harmless.Problems.Count).Should().Be((true, 0));
        faulty.Entries.Should().ContainSingle().Which.ToolNames.Should().Equal("t");
        faulty.IsComplete.Should().BeFalse();
        faulty.Problems.Should().Contain(problem => problem.Contains("they have neither image nor url: a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListAsync_PagesBehindAnAddress_AreFollowedByTheirCursor()
    {
        Pages pages = new(new()
        {
            ["?limit=1"] = """{"servers":[{"server":WEATHER}],"metadata":{"nextCursor":"io.example/weather:1.0 &x"}}""",
            ["?limit=1&cursor=io.example%2Fweather%3A1.0%20%26x"] = """{"servers":[{"server":NOTES}],"metadata":{"next_cursor":""}}""",
        });

        RegistryListing listing = await ReadAsync(pages, "https://registry.test/v0.1/servers?limit=1");

        listing.Entries.Select(entry => entry.Name).Should().Equal("io.example/weather", "io.example/notes");
        (listing.IsComplete, pages.Calls).Should().Be((true, 2));
    }

    [Fact]
    public async Task ListAsync_CursorThatLeadsInACircle_EndsAndIsNotComplete()
    {
        Pages pages = new(new() { [""] = """{"servers":[],"metadata":{"nextCursor":"x"}}""", ["?cursor=x"] = """{"servers":[NOTES],"metadata":{"nextCursor":"x"}}""" });

        RegistryListing listing = await ReadAsync(pages, "https://registry.test/v0/servers");

        listing.Entries.Should().ContainSingle();
        listing.IsComplete.Should().BeFalse();
        pages.Calls.Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task ListAsync_FileThatIsOnePageOfSeveral_IsNotComplete() =>
        (await ReadAsync("""{"servers":[NOTES],"metadata":{"nextCursor":"x"}}""")).Problems.Should().ContainSingle().Which.Should().Contain("one page of several");

    private async Task<RegistryListing> ReadAsync(string document)
    {
        await File.WriteAllTextAsync(_file, Fill(document));
        return await ReadAsync(null, _file);
    }

    private static async Task<RegistryListing> ReadAsync(Pages? pages, string location)
    {
        ServiceCollection services = [];
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddRegistryDocumentSource(location);
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => pages ?? new Pages([])));
        services.PostConfigureAll<Microsoft.Extensions.Http.HttpClientFactoryOptions>(
            options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = pages ?? new Pages([])));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<IRegistrySource>().ListAsync();
    }

    private static string Fill(string document) => document.Replace("WEATHER", Weather, StringComparison.Ordinal).Replace("NOTES", Notes, StringComparison.Ordinal);

    private sealed class Pages(Dictionary<string, string> answers) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult(answers.TryGetValue(request.RequestUri!.Query, out string? body)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Fill(body), Encoding.UTF8, "application/json") }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
