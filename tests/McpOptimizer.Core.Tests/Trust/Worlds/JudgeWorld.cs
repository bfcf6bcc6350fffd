using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Tests.Trust.Worlds;

/// <summary>The state machine alone, with its entries in memory: fast enough for many thousand sequences.</summary>
internal sealed class JudgeWorld : TrustWorld
{
    private static readonly Dictionary<(TrustKind, string, int), StoredTool> Items = [];

    private readonly TrustJudge _judge;
    private readonly Dictionary<(string Server, TrustKind Kind, string? Name), TrustEntry> _entries = [];
    private readonly Dictionary<(string Server, TrustKind Kind), IReadOnlyList<StoredTool>> _stored = [];
    private readonly Dictionary<(string Server, TrustKind Kind), TrustVerdict> _verdicts = [];

    public JudgeWorld(Action<McpOptimizerOptions> configure)
    {
        McpOptimizerOptions options = new();
        configure(options);
        _judge = new TrustJudge(new TrustRules(Options.Create(options)), TimeProvider.System);
    }

    public override Task ListAsync(string server, ServerScene scene)
    {
        Take(new TrustInput
        {
            ServerName = server,
            Items = [.. scene.Tools.Select(tool => Item(TrustKind.Tool, tool.Key, tool.Value))],
            Before = _stored.GetValueOrDefault((server, TrustKind.Tool), []),
            IsListing = true,
            Endpoint = EndpointFingerprint.Of(Workload(server, scene)),
            Instructions = scene.Instructions,
            Findings = scene.Tools.Where(tool => tool.Value == HostileVersion).ToDictionary(tool => tool.Key, tool => DefinitionScanner.Scan(Definition(TrustKind.Tool, tool.Key, tool.Value))),
        });
        Take(new TrustInput { ServerName = server, Kind = TrustKind.Prompt, Items = [.. scene.Prompts.Select(prompt => Item(TrustKind.Prompt, prompt.Key, prompt.Value))], IsListing = true });
        return Task.CompletedTask;
    }

    public override Task RemoveAsync(string server)
    {
        foreach (((string Server, TrustKind, string?) key, TrustEntry entry) in _entries.Where(pair => pair.Key.Server == server).ToList())
        {
            _entries[key] = entry with { IsPresent = false };
        }

        foreach (TrustKind kind in new[] { TrustKind.Tool, TrustKind.Prompt })
        {
            _stored.Remove((server, kind));
            _verdicts.Remove((server, kind));
        }

        return Task.CompletedTask;
    }

    public override Task RestartAsync()
    {
        // Prompts are in memory only, and listed anew after a start.
        foreach ((string Server, TrustKind Kind) prompts in _stored.Keys.Where(key => key.Kind == TrustKind.Prompt).ToList())
        {
            _stored.Remove(prompts);
            _verdicts.Remove(prompts);
        }

        foreach (((string Server, TrustKind Kind) key, IReadOnlyList<StoredTool> tools) in _stored.ToList())
        {
            Take(TrustKeeper.Stored(key.Server, tools));
        }

        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<TrustEntry>> EntriesAsync() => Task.FromResult<IReadOnlyList<TrustEntry>>([.. _entries.Values]);

    public override Task DecideAsync(TrustEntry entry, bool approves)
    {
        _entries[(entry.ServerName, entry.Kind, entry.Name)] = (approves ? TrustDecisions.Approve(entry) : TrustDecisions.Reject(entry)) with { DecidedAt = DateTimeOffset.UnixEpoch };
        foreach (TrustKind kind in new[] { TrustKind.Tool, TrustKind.Prompt })
        {
            if (_stored.TryGetValue((entry.ServerName, kind), out IReadOnlyList<StoredTool>? stored))
            {
                TrustInput input = new() { ServerName = entry.ServerName, Kind = kind, Items = stored, Before = kind == TrustKind.Tool ? stored : [] };
                _verdicts[(entry.ServerName, kind)] = _judge.Judge(input, Of(entry.ServerName), "");
            }
        }

        return Task.CompletedTask;
    }

    public override IEnumerable<(string Server, TrustKind Kind, string Name, string Hash)> Visible() =>
        from pair in _stored
        where !_verdicts[(pair.Key.Server, TrustKind.Tool)].WithholdsServer
        from item in pair.Value
        where !_verdicts[pair.Key].Withholds(item.Name)
        select (pair.Key.Server, pair.Key.Kind, item.Name, item.ContentHash!);

    private void Take(TrustInput input)
    {
        TrustVerdict verdict = _judge.Judge(input, Of(input.ServerName), "");
        foreach (TrustEntry forgotten in verdict.Forgotten)
        {
            _entries.Remove((forgotten.ServerName, forgotten.Kind, forgotten.Name));
        }

        foreach (TrustEntry entry in verdict.Entries)
        {
            _entries[(entry.ServerName, entry.Kind, entry.Name)] = entry;
        }

        _stored[(input.ServerName, input.Kind)] = input.Items;
        _verdicts[(input.ServerName, input.Kind)] = verdict;
    }

    private List<TrustEntry> Of(string server) => [.. _entries.Values.Where(entry => entry.ServerName == server)];

    private static StoredTool Item(TrustKind kind, string name, int version)
    {
        if (!Items.TryGetValue((kind, name, version), out StoredTool? item))
        {
            byte[] json = Definition(kind, name, version);
            Items[(kind, name, version)] = item = new StoredTool { Id = name, ServerId = "", Name = name, Details = json, ContentHash = ToolHasher.HashDefinition(json) };
        }

        return item;
    }
}
