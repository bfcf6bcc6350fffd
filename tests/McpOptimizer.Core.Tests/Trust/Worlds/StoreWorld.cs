using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Fixtures;

namespace McpOptimizer.Core.Tests.Trust.Worlds;

/// <summary>The whole optimizer on a file, opened anew at each restart.</summary>
internal sealed class StoreWorld(string path, Action<McpOptimizerOptions> configure) : TrustWorld, IAsyncDisposable
{
    private readonly Dictionary<string, ServerScene> _scenes = [];
    private OptimizerFixture _optimizer = new(path, configure, withEmbedder: false);
    private bool _isLoaded;

    public override async Task ListAsync(string server, ServerScene scene)
    {
        await LoadAsync();
        _scenes[server] = scene;
        _optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == server);
        _optimizer.Workloads.Workloads.Add(Workload(server, scene));
        Say(server, scene);
        await _optimizer.PollAsync();
        await _optimizer.Ingestion.IngestOfferingsAsync();
    }

    public override async Task RemoveAsync(string server)
    {
        await LoadAsync();
        _scenes.Remove(server);
        _optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == server);
        await _optimizer.Ingestion.ForgetAsync(server);
    }

    public override async Task RestartAsync()
    {
        await _optimizer.DisposeAsync();
        _optimizer = new OptimizerFixture(path, configure, withEmbedder: false);
        _isLoaded = false;
        await LoadAsync();
        foreach ((string server, ServerScene scene) in _scenes)
        {
            _optimizer.Workloads.Workloads.Add(Workload(server, scene));
            Say(server, scene);
        }
    }

    public override async Task<IReadOnlyList<TrustEntry>> EntriesAsync()
    {
        await LoadAsync();
        return await _optimizer.Get<ITrustService>().ListAsync();
    }

    public override async Task DecideAsync(TrustEntry entry, bool approves)
    {
        ITrustService trust = _optimizer.Get<ITrustService>();
        if (approves)
        {
            await trust.ApproveAsync(new TrustDecision { ReviewId = (await trust.ReviewAsync(entry.FullName)).Id, By = "tester" });
        }
        else
        {
            await trust.RejectAsync(new TrustDecision { Target = entry.FullName, By = "tester" });
        }
    }

    public override IEnumerable<(string Server, TrustKind Kind, string Name, string Hash)> Visible() =>
    [
        .. _optimizer.Discovery.List(CallerIdentity.Anonymous).Select(tool => (tool.ServerName, TrustKind.Tool, tool.Name, ToolHasher.HashDefinition(tool.DefinitionJson))),
        .. _optimizer.Get<OfferingIndexes>().Prompts.Current.ListTools().Select(prompt => (prompt.ServerName, TrustKind.Prompt, prompt.Name, ToolHasher.HashDefinition(prompt.DefinitionJson))),
    ];

    public ValueTask DisposeAsync() => _optimizer.DisposeAsync();

    private async Task LoadAsync()
    {
        if (!_isLoaded)
        {
            _isLoaded = true;
            await _optimizer.Ingestion.LoadAsync();
        }
    }

    private void Say(string server, ServerScene scene)
    {
        _optimizer.Backends.Set(server, [.. scene.Tools.Select(tool => new ToolDefinition { Name = tool.Key, Description = Text(tool.Value), Json = Definition(TrustKind.Tool, tool.Key, tool.Value) })]);
        _optimizer.Backends.Prompts[server] = [.. scene.Prompts.Select(prompt => new BackendItem { Name = prompt.Key, DefinitionJson = Definition(TrustKind.Prompt, prompt.Key, prompt.Value) })];
        if (scene.Instructions is null)
        {
            _optimizer.Backends.Instructions.TryRemove(server, out _);
        }
        else
        {
            _optimizer.Backends.Instructions[server] = scene.Instructions;
        }
    }
}
