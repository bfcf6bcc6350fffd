using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Enrichment;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tests.Discovery;

/// <summary>
/// An attacker with a profile, at a catalogue with hidden servers and tools and at one that never had them: every tool, every parameter and every
/// fault must answer the same in both, to the letter. What cannot be told apart cannot leak.
/// </summary>
public sealed class HiddenToolsAttackTests : IAsyncLifetime
{
    private static readonly string[] Probes =
    [
        "launch_missiles", "army/launch_missiles", "LAUNCH_MISSILES", "launch_missile", "launch missiles", " launch_missiles ", "launch_missiles​", "launch",
        "move", "army/move", "moves", "navy", "nav", "navy/sail", "sail", "sail a ship of the navy", "army", "get_status", "army/get_status", "get_statu", "*", "",
    ];

    private OptimizerFixture _full = null!;
    private OptimizerFixture _bare = null!;
    private OptimizerClient _atFull = null!;
    private OptimizerClient _atBare = null!;

    public async Task InitializeAsync()
    {
        (_full, _atFull) = await StartAsync(hasHidden: true);
        (_bare, _atBare) = await StartAsync(hasHidden: false);
    }

    public async Task DisposeAsync()
    {
        await _atFull.DisposeAsync();
        await _atBare.DisposeAsync();
        await _full.DisposeAsync();
        await _bare.DisposeAsync();
    }

    [Fact]
    public async Task EveryToolParameterAndFault_AnswersAsIfTheHiddenWereNotThere()
    {
        await AttackAsync(_atFull, _atBare);
    }

    [Fact]
    public async Task EveryToolParameterAndFault_WithHistoryAndEnrichmentOfTheHidden_AnswersAsIfTheyWereNotThere()
    {
        using WordingModel model = new();
        model.Say("launch_missiles", WordingModel.Answer("Starts a war.", "launch something", "navy"));
        model.Say("sail", WordingModel.Answer("Sails.", "sail a ship of the navy", "air"));
        (OptimizerFixture full, OptimizerClient atFull) = await StartAsync(hasHidden: true, model);
        (OptimizerFixture bare, OptimizerClient atBare) = await StartAsync(hasHidden: false, model);
        await using OptimizerFixture disposedFull = full;
        await using OptimizerFixture disposedBare = bare;
        await using OptimizerClient disposedAtFull = atFull;
        await using OptimizerClient disposedAtBare = atBare;
        await UseAsync(full);
        await UseAsync(bare);
        full.Get<EnrichedTools>().Count.Should().Be(7);
        (await full.Get<ILearningService>().ListAsync()).Single().Requests.Should().BeGreaterThan((await bare.Get<ILearningService>().ListAsync()).Single().Requests);

        await AttackAsync(atFull, atBare);
    }

    [Fact]
    public async Task TheAttack_WithoutAProfile_SeesTheDifference()
    {
        _full.Caller.Current = CallerIdentity.Anonymous;
        _bare.Caller.Current = CallerIdentity.Anonymous;

        string full = await AskAsync(_atFull.Client, "list_tools", []);
        string bare = await AskAsync(_atBare.Client, "list_tools", []);

        full.Should().NotBe(bare, "otherwise the attack would prove nothing");
    }

    private static async Task AttackAsync(OptimizerClient full, OptimizerClient bare)
    {
        IList<McpClientTool> tools = await full.Client.ListToolsAsync();
        IList<McpClientTool> others = await bare.Client.ListToolsAsync();
        tools.Select(Describe).Should().Equal(others.Select(Describe), "not even a description tells");
        int questions = 0;
        foreach (McpClientTool tool in tools)
        {
            foreach (JsonObject arguments in Attacks(tool.ProtocolTool))
            {
                string one = await AskAsync(full.Client, tool.Name, arguments);
                string other = await AskAsync(bare.Client, tool.Name, arguments);
                one.Should().Be(other, "{0} {1} must not tell of what is hidden", tool.Name, arguments.ToJsonString());
                questions++;
            }
        }

        foreach (string probe in Probes)
        {
            (await AskAsync(full.Client, probe, [])).Should().Be(await AskAsync(bare.Client, probe, []));
        }

        questions.Should().BeGreaterThan(tools.Count * Probes.Length, "all tools were attacked");
    }

    private static async Task<(OptimizerFixture Optimizer, OptimizerClient Client)> StartAsync(bool hasHidden, WordingModel? model = null)
    {
        OptimizerFixture optimizer = new(configure: options =>
        {
            options.EnableDynamicInstall = true;
            (options.Learning.Enabled, options.Learning.KeepUntried, options.Enrichment.MaxCallsPerMinute) = (model is not null, false, 1_000);
            options.Profiles["reader"] = new ProfileSettings { Servers = { "arm*", "air" }, DenyTools = { "*/launch_*", "army/move" } };
        }, after: services => _ = model is null ? services : services.AddToolEnrichment(_ => model));
        optimizer.Workloads.Add("army").Add("air");
        ToolDefinition status = FakeBackends.Tool("get_status", "Says how the army stands and where it moves.");
        optimizer.Backends.Set("air", "take_off", "land");
        if (hasHidden)
        {
            optimizer.Workloads.Add("navy");
            optimizer.Backends.Set("army", FakeBackends.Tool("launch_missiles", "Launches missiles."), FakeBackends.Tool("move"), status);
            optimizer.Backends.Set("navy", "sail", "anchor");
        }
        else
        {
            optimizer.Backends.Set("army", status);
        }

        await optimizer.StartAsync();
        optimizer.Caller.Current = new CallerIdentity { Profile = "reader" };
        return (optimizer, await OptimizerClient.ConnectAsync(optimizer.Services));
    }

    // What the attacker's profile learned before something was hidden from it: requests after which the hidden were called, and those after which they were passed over.
    private static async Task UseAsync(OptimizerFixture optimizer)
    {
        TextEmbedder embedder = optimizer.Get<TextEmbedder>();
        Dictionary<string, IndexedTool> tools = optimizer.Get<ToolIndexes>().Workloads.Current.ListTools().ToDictionary(tool => $"{tool.ServerName}/{tool.Name}");
        List<LearnedRequest> requests = [];
        foreach (string text in Probes.Append("get status").Where(text => !string.IsNullOrWhiteSpace(text) && !embedder.StandIn(text).IsEmpty))
        {
            foreach (string[] names in (string[][])[["army/launch_missiles"], ["army/get_status", "army/launch_missiles", "army/move"], ["navy/sail", "air/land"], ["air/land", "navy/sail"]])
            {
                // Where the hidden never was, it was neither called nor passed over.
                LearnedOutcome[] outcomes =
                [
                    .. names.Index().Where(name => tools.ContainsKey(name.Item)).Select(name => new LearnedOutcome(
                        tools[name.Item].ServerName, tools[name.Item].Name, DefinitionHashes.Of(tools[name.Item]), name.Index == 0 ? LearnedKind.Called : LearnedKind.PassedOver)),
                ];
                if (tools.ContainsKey(names[0]))
                {
                    requests.Add(new LearnedRequest
                    {
                        Id = $"{text} {names[0]}",
                        At = DateTimeOffset.UtcNow,
                        Profile = "reader",
                        Caller = "",
                        Model = embedder.RequestModel!,
                        Vector = embedder.StandIn(text),
                        Outcomes = outcomes,
                    });
                }
            }
        }

        await optimizer.Store.DecideAsync((session, token) => session.Learning.AddAsync(requests, token));
        await optimizer.Get<EnrichmentService>().RunAsync();
    }

    // Each parameter in turn gets each probe, in every form its schema could be taken for; the required ones besides it get something plain.
    private static IEnumerable<JsonObject> Attacks(Tool tool)
    {
        yield return [];
        JsonElement schema = tool.InputSchema;
        JsonObject plain = [];
        foreach (JsonElement required in schema.TryGetProperty("required", out JsonElement names) ? names.EnumerateArray() : default)
        {
            string name = required.GetString()!;
            plain[name] = Plain(schema.GetProperty("properties").GetProperty(name));
        }

        foreach (string probe in Probes)
        {
            yield return With(plain, probe, "x");
            foreach (JsonProperty parameter in schema.TryGetProperty("properties", out JsonElement all) ? all.EnumerateObject() : default)
            {
                yield return With(plain, parameter.Name, probe);
                yield return With(plain, parameter.Name, new JsonArray(probe, "get_status"));
                yield return With(plain, parameter.Name, new JsonObject { [probe] = probe });
                yield return With(plain, parameter.Name, new JsonArray(new JsonObject { ["tool_name"] = probe }, new JsonObject { ["server_name"] = "army", ["tool_name"] = probe }));
            }
        }

        if (schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty("server_name", out _) && properties.TryGetProperty("tool_name", out _))
        {
            foreach (string server in Probes)
            {
                foreach (string probe in Probes)
                {
                    yield return new JsonObject { ["server_name"] = server, ["tool_name"] = probe, ["parameters"] = new JsonObject() };
                }
            }
        }
    }

    private static JsonObject With(JsonObject plain, string name, JsonNode value)
    {
        JsonObject arguments = (JsonObject)plain.DeepClone();
        arguments[name] = value;
        return arguments;
    }

    private static JsonNode Plain(JsonElement schema) => (schema.TryGetProperty("type", out JsonElement type) ? type.GetString() : "string") switch
    {
        "array" => new JsonArray("get_status"),
        "object" => new JsonObject(),
        "integer" or "number" => 1,
        "boolean" => true,
        _ => "get_status",
    };

    private static string Describe(McpClientTool tool) => JsonSerializer.Serialize(tool.ProtocolTool, McpJsonUtilities.DefaultOptions);

    private static async Task<string> AskAsync(McpClient client, string tool, JsonObject arguments)
    {
        try
        {
            CallToolResult result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value));
            return JsonSerializer.Serialize(result, McpJsonUtilities.DefaultOptions);
        }
        catch (McpException e)
        {
            return e.Message;
        }
    }
}
