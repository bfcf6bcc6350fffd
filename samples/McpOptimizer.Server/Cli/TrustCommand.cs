using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Server.Trust;

namespace McpOptimizer.Server.Cli;

/// <summary><c>trust list|diff|approve|reject|log</c>: which definitions may be found and called. Works on what is stored and asks no server.</summary>
internal static class TrustCommand
{
    private const int ShownHash = 12;

    public static Command Create(CommonOptions common) => new("trust", "Shows and decides which definitions may be found and called.")
    {
        List(common), Diff(common), Decide(common, approves: true), Decide(common, approves: false), Log(common),
    };

    private static Command List(CommonOptions common)
    {
        Option<string?> state = new("--state") { Description = "Only this state: trusted, changed, new, rejected, removed, unsteady." };
        Command command = new("list", "Lists what was seen and how it stands.") { state, common.Json };
        command.SetAction((result, cancellationToken) => ReadAsync(common.Read(result), async (trust, token) =>
        {
            IReadOnlyList<TrustEntry> entries = await trust.ListAsync(new TrustQuery { State = TrustWords.ReadState(result.GetValue(state)) }, token);
            await Console.Out.WriteLineAsync(result.GetValue(common.Json)
                ? JsonSerializer.Serialize(new TrustEntries(entries), TrustJson.Default.TrustEntries)
                : entries.Count == 0 ? "Nothing." : string.Join('\n', entries.Select(Line)));
            return 0;
        }, cancellationToken));
        return command;
    }

    private static Command Diff(CommonOptions common)
    {
        Argument<string?> target = Target();
        Command command = new("diff", "Shows what was approved against what is listed now. Without a target: everything that awaits a decision.") { target, common.Json };
        command.SetAction((result, cancellationToken) => ReadAsync(common.Read(result), async (trust, token) =>
        {
            bool asJson = result.GetValue(common.Json);
            IReadOnlyList<TrustReview> pages = await ShowAsync(trust, result.GetValue(target), asJson, token);
            if (!asJson && pages is [{ Hash: { } hash, Total: > 0 }])
            {
                await Console.Out.WriteLineAsync($"To decide on exactly this: --hash {hash}");
            }

            return 0;
        }, cancellationToken));
        return command;
    }

    private static Command Decide(CommonOptions common, bool approves)
    {
        Argument<string?> target = Target();
        Option<string?> hash = new("--hash") { Description = "The whole hash that 'trust diff' showed: when anything changed since, nothing is decided." };
        Option<bool> all = new("--all") { Description = "Everything that awaits a decision." };
        Option<string?> note = new("--note") { Description = "Why, for the log." };
        Command command = approves
            ? new("approve", "Lets definitions be found and called as they are now. Without --hash they are shown first, and standard input is asked.") { target, hash, all, note, common.Json }
            : new("reject", "Keeps definitions from being found and called.") { target, hash, all, note, common.Json };
        command.SetAction((result, cancellationToken) => RunAsync(common.Read(result), async (trust, token) =>
        {
            TrustDecision decision = new() { Target = result.GetValue(target), Hash = result.GetValue(hash), Note = result.GetValue(note), By = Environment.UserName };
            if (decision.Target is null != result.GetValue(all))
            {
                throw new ArgumentException("Give either SERVER, SERVER/TOOL or another name of 'trust list', or --all.");
            }

            IReadOnlyList<TrustDecision> decisions = approves && decision.Hash is null ? await ConfirmAsync(trust, decision, result.GetValue(common.Json), token) : [decision];
            List<TrustEntry> decided = [];
            foreach (TrustDecision each in decisions)
            {
                decided.AddRange(approves ? await trust.ApproveAsync(each, token) : await trust.RejectAsync(each, token));
            }

            await Console.Out.WriteLineAsync(result.GetValue(common.Json) ? JsonSerializer.Serialize(new TrustEntries(decided), TrustJson.Default.TrustEntries)
                : decided.Count == 0 ? "Nothing was decided."
                : string.Join('\n', decided.Select(entry => $"{(approves ? "approved" : "rejected")} {entry.DisplayName}")));
            return decided.Count > 0 ? 0 : CliFaults.No;
        }, cancellationToken));
        return command;
    }

    // What is approved is what stands on the screen: the decisions carry the ids of the pages that were shown.
    private static async Task<IReadOnlyList<TrustDecision>> ConfirmAsync(ITrustService trust, TrustDecision decision, bool asJson, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            throw new ArgumentException("With --json nobody can be asked: give the --hash that 'trust diff --json' showed.");
        }

        IReadOnlyList<TrustReview> pages = await ShowAsync(trust, decision.Target, asJson: false, cancellationToken);
        int total = pages.Sum(page => page.Items.Count);
        if (total == 0)
        {
            return [];
        }

        await Console.Out.WriteAsync($"Approve {(total == 1 ? "this" : $"these {total}")}? Type yes: ");
        string? answer = await Console.In.ReadLineAsync(cancellationToken);
        await Console.Out.WriteLineAsync();
        return answer?.Trim().ToUpperInvariant() is "YES" or "Y" ? [.. pages.Select(page => decision with { Target = null, ReviewId = page.Id })] : [];
    }

    private static async Task<IReadOnlyList<TrustReview>> ShowAsync(ITrustService trust, string? target, bool asJson, CancellationToken cancellationToken)
    {
        List<TrustReview> pages = [];
        for (int? offset = 0; offset is { } from; offset = pages[^1].Next)
        {
            TrustReview page = await trust.ReviewAsync(target, from, cancellationToken: cancellationToken);
            pages.Add(page);
            await Console.Out.WriteLineAsync(asJson ? JsonSerializer.Serialize(page, TrustJson.Default.TrustReview) : Describe(page));
        }

        return pages;
    }

    private static Command Log(CommonOptions common)
    {
        Option<int> limit = new("--limit") { Description = "Newest lines, 1 to 1000.", DefaultValueFactory = _ => 100 };
        Command command = new("log", "Shows what was decided and withheld, newest first.") { limit, common.Json };
        command.SetAction((result, cancellationToken) => ReadAsync(common.Read(result), async (trust, token) =>
        {
            IReadOnlyList<TrustRecord> records = await trust.ReadLogAsync(result.GetValue(limit), cancellationToken: token);
            await Console.Out.WriteLineAsync(result.GetValue(common.Json)
                ? JsonSerializer.Serialize(new TrustRecords(records), TrustJson.Default.TrustRecords)
                : string.Join('\n', records.Select(Line)));
            return 0;
        }, cancellationToken));
        return command;
    }

    // Whoever only looks changes nothing, and needs no right to write. A running optimizer notices decisions by itself, so the store is enough.
    private static Task<int> ReadAsync(CommonSettings common, Func<ITrustService, CancellationToken, Task<int>> run, CancellationToken cancellationToken) => LocalOptimizer.RunAsync(
        common, new LocalLook { Stored = true, ReadOnly = true }, (services, _, token) => run(services.GetRequiredService<ITrustService>(), token), cancellationToken);

    private static Task<int> RunAsync(CommonSettings common, Func<ITrustService, CancellationToken, Task<int>> run, CancellationToken cancellationToken) => LocalOptimizer.RunAsync(
        common, new LocalLook { Stored = true }, (services, _, token) => run(services.GetRequiredService<ITrustService>(), token), cancellationToken);

    private static Argument<string?> Target() =>
        new("target") { Description = "SERVER, SERVER/TOOL, SERVER#instructions, SERVER#endpoint, SERVER#prompt/NAME or SERVER#resource/ADDRESS, as 'trust list' names them.", Arity = ArgumentArity.ZeroOrOne };

    private static string Line(TrustEntry entry)
    {
        string findings = string.Concat(entry.Findings.Where(finding => finding.Severity > FindingSeverity.Low).Select(finding => $" {finding.Code}").Distinct());
        return $"{entry.State.ToString().ToLowerInvariant(),-8} {Short(entry.CurrentHash),-12} {entry.DisplayName}{(findings.Length == 0 ? "" : " !" + findings)}";
    }

    // The endpoint of a store that an older version wrote has none yet.
    private static string Short(string hash) => hash.Length > ShownHash ? hash[..ShownHash] : hash;

    private static string Line(TrustRecord record)
    {
        string who = record.By is null ? "" : $" by {record.By}";
        string line = string.Create(CultureInfo.InvariantCulture, $"{record.At:u} {record.Action.ToString().ToLowerInvariant(),-11} {record.DisplayName}{who}{(record.Note is null ? "" : ": " + record.Note)}");
        return string.Concat(line.Select(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format ? '?' : letter));
    }

    private static string Describe(TrustReview review)
    {
        if (review.Items.Count == 0)
        {
            return "Nothing awaits a decision.";
        }

        List<string> lines = [];
        foreach (TrustDiff item in review.Items)
        {
            string renamed = item.Entry.RenamedFrom is null ? "" : ", renamed";
            lines.Add($"{item.Entry.DisplayName} ({item.Entry.State.ToString().ToLowerInvariant()}{renamed}, {item.Entry.CurrentHash})");
            lines.AddRange(item.Entry.Findings.Select(finding => $"  ! {finding.Severity.ToString().ToLowerInvariant()} {finding.Code} in {finding.Path}: {finding.Reason}: {finding.Excerpt.ReplaceLineEndings(" ")}"));
            lines.AddRange(item.Changes.SelectMany(Describe));
            if (item.IsCut)
            {
                lines.Add("  (the rest is too large to be shown; ask the server itself before you approve it)");
            }
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Describe(TrustChange change)
    {
        yield return $"  {change.Path}";
        string[] lines = change.Unified?.Split('\n') ??
            [.. (change.Before?.Split('\n') ?? []).Select(line => "- " + line), .. (change.After?.Split('\n') ?? []).Select(line => "+ " + line)];
        foreach (string line in lines)
        {
            yield return "    " + line;
        }
    }
}
