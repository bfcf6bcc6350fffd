using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Trust.Worlds;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Trust;

/// <summary>
/// No sequence of listings makes a definition findable or callable that was not in its server's baseline and that nobody approved: random sequences of
/// add, remove, rename, edit, flood, restart, approve, reject and endpoint swap over several servers.
/// </summary>
public sealed class TrustPropertyTests
{
    private const int Sequences = 10_000;
    private const int StoredSequences = 60;
    private const int Steps = 24;

    private static readonly string[] Servers = ["mail", "files", "guarded"];

    private static readonly string[] Names = ["read", "reed", "read_file", "readfile", "send"];

    [Fact]
    public async Task NoSequence_OfTheStateMachine_ShowsWhatNobodyApproved()
    {
        int shown = 0;
        for (int seed = 0; seed < Sequences; seed++)
        {
            shown += await RunAsync(seed, new JudgeWorld(Configure));
        }

        shown.Should().BeGreaterThan(Sequences, "a world in which nothing is ever visible proves nothing");
    }

    [Fact]
    public async Task NoSequence_OfTheWholeOptimizerOnAFile_ShowsWhatNobodyApproved()
    {
        int shown = 0;
        for (int seed = 0; seed < StoredSequences; seed++)
        {
            using TemporaryFolder folder = new();
            await using StoreWorld world = new(folder.Combine("o.db"), Configure);
            shown += await RunAsync(1_000_000 + seed, world);
        }

        shown.Should().BeGreaterThan(StoredSequences);
    }

    private static void Configure(McpOptimizerOptions options) => options.Trust.Servers["guarded"] = new TrustServerSettings { Policy = TrustPolicy.Review };

    private static async Task<int> RunAsync(int seed, TrustWorld world)
    {
        Random random = new(seed);
        Dictionary<string, ServerScene> scenes = Servers.ToDictionary(server => server, _ => new ServerScene());
        Oracle oracle = new();
        List<string> story = [];
        int shown = 0;
        for (int step = 0; step < Steps; step++)
        {
            string server = Servers[random.Next(Servers.Length)];
            story.Add(await StepAsync(random, world, oracle, server, scenes[server]));
            foreach ((string Server, TrustKind Kind, string Name, string Hash) visible in world.Visible())
            {
                shown++;
                if (oracle.Objection(visible) is { } objection)
                {
                    Assert.Fail($"Seed {seed}, step {step}: {visible.Server} {visible.Kind} {visible.Name} is visible, but {objection}.\n{string.Join('\n', story)}");
                }
            }
        }

        return shown;
    }

    private static async Task<string> StepAsync(Random random, TrustWorld world, Oracle oracle, string server, ServerScene scene)
    {
        int choice = random.Next(100);
        if (choice < 6)
        {
            await world.RestartAsync();
            return "restart";
        }

        if (choice < 10)
        {
            await world.RemoveAsync(server);
            return $"remove {server}";
        }

        if (choice < 30)
        {
            TrustEntry[] entries = [.. (await world.EntriesAsync()).Where(entry => entry.State is not TrustState.Removed and not TrustState.Trusted)];
            return entries.Length == 0 ? "nothing to approve" : await DecideAsync(world, oracle, entries[random.Next(entries.Length)], approves: true);
        }

        if (choice < 36)
        {
            TrustEntry[] entries = [.. (await world.EntriesAsync()).Where(entry => entry.State is not TrustState.Removed && entry.CurrentHash.Length > 0)];
            return entries.Length == 0 ? "nothing to reject" : await DecideAsync(world, oracle, entries[random.Next(entries.Length)], approves: false);
        }

        string change = Change(random, scene);
        oracle.See(server, scene);
        await world.ListAsync(server, scene);
        return $"{server}: {change}";
    }

    private static async Task<string> DecideAsync(TrustWorld world, Oracle oracle, TrustEntry entry, bool approves)
    {
        await world.DecideAsync(entry, approves);
        oracle.Decide(entry, approves);
        return $"{(approves ? "approve" : "reject")} {entry.DisplayName}";
    }

    private static string Change(Random random, ServerScene scene)
    {
        SortedDictionary<string, int> items = random.Next(4) == 0 ? scene.Prompts : scene.Tools;
        string name = Names[random.Next(Names.Length)];
        int version = random.Next(8) == 0 ? TrustWorld.HostileVersion : random.Next(3);
        switch (random.Next(9))
        {
            case 0 or 1:
                items[name] = version;
                return $"{name} is {version}";
            case 2:
                items.Remove(name);
                return $"{name} goes";
            case 3 when items.Remove(name, out int known):
                // Renamed, and half the time changed in the same listing.
                string other = Names[random.Next(Names.Length)];
                items[other] = random.Next(2) == 0 ? known : version;
                return $"{name} becomes {other}";
            case 4:
                scene.Endpoint = random.Next(3) == 0 ? "second" : "first";
                return $"endpoint {scene.Endpoint}";
            case 5:
                scene.Instructions = random.Next(3) switch { 0 => null, 1 => "Use with care.", _ => "Use without care." };
                return $"instructions {scene.Instructions}";
            case 6 when random.Next(4) == 0:
                for (int i = 0; i < 30; i++)
                {
                    items[$"flood{random.Next(100)}"] = version;
                }

                return "flood";
            case 7:
                foreach (string flooded in items.Keys.Where(key => key.StartsWith("flood", StringComparison.Ordinal)).ToList())
                {
                    items.Remove(flooded);
                }

                return "ebb";
            default:
                return "as it was";
        }
    }

    /// <summary>What may be visible, said without any of the code that decides it.</summary>
    private sealed class Oracle
    {
        private readonly HashSet<(string Server, TrustKind Kind)> _baselines = [];
        private readonly HashSet<(string Server, TrustKind Kind, string? Name, string Hash)> _approved = [];
        private readonly Dictionary<string, (string Endpoint, string? Instructions)> _now = [];

        public void See(string server, ServerScene scene)
        {
            string endpoint = EndpointFingerprint.Of(TrustWorld.Workload(server, scene))!.Hash;
            string? instructions = scene.Instructions is null ? null : TrustJudge.HashInstructions(scene.Instructions);
            _now[server] = (endpoint, instructions);
            bool isPinned = server != "guarded";
            if (_baselines.Add((server, TrustKind.Tool)))
            {
                _approved.Add((server, TrustKind.Endpoint, null, endpoint));
                if (isPinned && instructions is not null)
                {
                    _approved.Add((server, TrustKind.Instructions, null, instructions));
                }

                TakeBaseline(server, TrustKind.Tool, scene.Tools.Where(tool => isPinned && tool.Value != TrustWorld.HostileVersion));
                TakeBaseline(server, TrustKind.Prompt, scene.Prompts.Where(_ => isPinned));
            }
        }

        public void Decide(TrustEntry entry, bool approves)
        {
            (string, TrustKind, string?, string) key = (entry.ServerName, entry.Kind, entry.Name, entry.CurrentHash);
            _ = approves ? _approved.Add(key) : _approved.Remove(key);
        }

        public string? Objection((string Server, TrustKind Kind, string Name, string Hash) visible)
        {
            (string endpoint, string? instructions) = _now[visible.Server];
            return !_approved.Contains((visible.Server, visible.Kind, visible.Name, visible.Hash)) ? "neither in the baseline nor approved"
                : !_approved.Contains((visible.Server, TrustKind.Endpoint, null, endpoint)) ? "its server stands elsewhere"
                : instructions is not null && !_approved.Contains((visible.Server, TrustKind.Instructions, null, instructions)) ? "its server's instructions are not approved"
                : null;
        }

        private void TakeBaseline(string server, TrustKind kind, IEnumerable<KeyValuePair<string, int>> items)
        {
            foreach ((string name, int version) in items)
            {
                _approved.Add((server, kind, name, ToolHasher.HashDefinition(TrustWorld.Definition(kind, name, version))));
            }
        }
    }
}
