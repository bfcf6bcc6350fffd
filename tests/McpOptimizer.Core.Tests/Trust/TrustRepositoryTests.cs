using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Tests.Fixtures;

namespace McpOptimizer.Core.Tests.Trust;

public sealed class TrustRepositoryTests
{
    private static readonly DateTimeOffset Seen = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task ListByServers_AnyEntries_SaysWhatEachServersListSays()
    {
        Random random = new(5);
        await using OptimizerFixture optimizer = new();
        await optimizer.Ingestion.LoadAsync();
        TrustEntry[] entries = [.. Enumerable.Range(0, 500).Select(number => Some(random, number))];

        await optimizer.Store.WriteAsync((session, token) => session.Trust.UpsertAsync(entries, token));

        string[] servers = [.. entries.Select(entry => entry.ServerName).Distinct()];
        ILookup<string, TrustEntry> together = await optimizer.Store.ReadAsync((session, token) => session.Trust.ListByServersAsync(servers, token));
        foreach (string server in servers)
        {
            IReadOnlyList<TrustEntry> alone = await optimizer.Store.ReadAsync((session, token) => session.Trust.ListAsync(server, token));

            alone.Should().NotBeEmpty();
            together[server].Should().BeEquivalentTo(alone, options => options.WithStrictOrdering().ComparingByMembers<TrustEntry>().IncludingInternalProperties());
        }
    }

    // Most are as they were first listed; each of the others differs from that in one thing, or in several.
    private static TrustEntry Some(Random random, int number)
    {
        TrustKind kind = (TrustKind)random.Next(5);
        string? name = kind is TrustKind.Instructions or TrustKind.Endpoint ? null : $"tool {number}";
        TrustEntry plain = new()
        {
            // Instructions and endpoint stand once for each server.
            ServerName = name is null ? $"server {number}" : $"server {number % 7}",
            Kind = kind,
            Name = name,
            CurrentHash = $"hash {number % 3}",
            ApprovedHash = $"hash {number % 3}",
            FirstSeenAt = Seen,
            ChangedAt = Seen.AddMinutes(number),
        };
        return random.Next(14) switch
        {
            0 => plain with { ApprovedHash = null },
            1 => plain with { ApprovedHash = "another" },
            2 => plain with { RejectedHash = plain.CurrentHash },
            3 => plain with { IsPresent = false },
            4 => plain with { Changes = 1 },
            5 => plain with { RenamedFrom = "before" },
            6 => plain with { Findings = [new TrustFinding { Code = "code", Severity = FindingSeverity.Medium, Path = "path", Reason = "reason", Excerpt = "excerpt" }] },
            7 => plain with { ApprovedText = "{}" },
            8 => plain with { CurrentText = "{}", Baselines = 3 },
            9 => plain with { DecidedAt = Seen, DecidedBy = "me", Note = "" },
            _ => plain,
        };
    }
}
