using System.Text;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Ingestion;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Compares what a server has with what is recorded of it. No I/O, so that it runs inside the transaction that read the entries.</summary>
internal sealed class TrustJudge(TrustRules rules, TimeProvider clock)
{
    // Of one kind, for one server and one look.
    private const int MostLines = 500;

    /// <summary>Hash of a server's instructions.</summary>
    public static string HashInstructions(string text) => ToolHasher.HashParts(text);

    /// <summary>Judges one server.</summary>
    /// <param name="input">What it has.</param>
    /// <param name="entries">What is recorded of this server.</param>
    /// <param name="writer">Name of this optimizer in the log.</param>
    public TrustVerdict Judge(TrustInput input, IReadOnlyList<TrustEntry> entries, string writer)
    {
        TrustPolicy policy = rules.PolicyOf(input.ServerName);
        return policy == TrustPolicy.Off ? TrustVerdict.Everything : new Run(input, entries, policy, rules, clock.GetUtcNow(), writer).Judge();
    }

    private sealed class Run(TrustInput input, IReadOnlyList<TrustEntry> entries, TrustPolicy policy, TrustRules rules, DateTimeOffset now, string writer)
    {
        private readonly Dictionary<string, TrustEntry> _entries = entries.Where(entry => entry.ToolName is not null).ToDictionary(entry => entry.ToolName!, StringComparer.Ordinal);
        private readonly Dictionary<string, StoredTool> _before = input.Before.Where(tool => tool.Name.Length > 0).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        private readonly List<TrustEntry> _changed = [];
        private readonly List<TrustRecord> _log = [];
        private int _pinned;

        public TrustVerdict Judge()
        {
            bool server = JudgeInstructions();
            Dictionary<string, TrustEntry> renamed = FindRenamed();
            List<string> withheld = [];
            foreach (StoredTool tool in input.Tools)
            {
                if (!JudgeTool(tool, renamed.GetValueOrDefault(tool.Name)))
                {
                    withheld.Add(tool.Name);
                }
            }

            JudgeMissing([.. renamed.Values.Select(entry => entry.ToolName!)]);
            if (_pinned > 0)
            {
                _log.Add(Record(TrustAction.Pinned, null, null, null, $"first sight of {_pinned}"));
            }

            TrustVerdict verdict = new() { WithholdsServer = server };
            verdict.WithheldTools.UnionWith(withheld);
            verdict.Entries.AddRange(_changed);
            verdict.Log.AddRange(Shorten(_log));
            return verdict;
        }

        // A server that lists thousands of tools under new names each time must not fill the log either.
        private IEnumerable<TrustRecord> Shorten(List<TrustRecord> log)
        {
            foreach (IGrouping<TrustAction, TrustRecord> same in log.GroupBy(record => record.Action))
            {
                foreach (TrustRecord record in same.Take(MostLines))
                {
                    yield return record;
                }

                if (same.Count() > MostLines)
                {
                    yield return Record(same.Key, null, null, null, $"and {same.Count() - MostLines} more at the same time");
                }
            }
        }

        // True when they hold the server back.
        private bool JudgeInstructions()
        {
            if (!rules.WatchesInstructions)
            {
                return false;
            }

            TrustEntry? entry = entries.FirstOrDefault(entry => entry.ToolName is null);
            if (input.Instructions is { } text)
            {
                string hash = TrustJudge.HashInstructions(text);
                entry = entry is null
                    ? SaveFirst(FirstSight(null, hash, isStored: false, text))
                    : Follow(entry, hash, text, null);
            }
            else if (input.IsListing && entry is { IsPresent: true })
            {
                // Instructions that are gone tell nobody anything.
                entry = Save(entry with { IsPresent = false, ChangedAt = now });
                _log.Add(Record(TrustAction.Removed, entry, "instructions"));
            }

            return entry is { IsPresent: true } && entry.State != TrustState.Trusted;
        }

        // True when the tool may be seen.
        private bool JudgeTool(StoredTool tool, TrustEntry? renamedFrom)
        {
            string? hash = tool.Name.Length == 0 ? null : tool.ContentHash;
            if (_entries.TryGetValue(tool.Name, out TrustEntry? entry))
            {
                return (hash is null ? entry : Follow(entry, hash, null, TextOf(tool.Name, entry.ApprovedHash))).State == TrustState.Trusted;
            }

            bool isStored = hash is not null && _before.TryGetValue(tool.Name, out StoredTool? before) && before.ContentHash == hash;
            if (hash is null || !(input.IsListing || isStored))
            {
                // Rows of an older program: their spelling is not the one that the server's next listing has. That listing is the first sight.
                return policy == TrustPolicy.Pin;
            }

            if (renamedFrom is not null)
            {
                entry = Save(FirstSight(tool.Name, hash, isStored: false) with
                {
                    ApprovedHash = renamedFrom.ApprovedHash,
                    ApprovedText = renamedFrom.ApprovedText ?? TextOf(renamedFrom.ToolName!, renamedFrom.ApprovedHash),
                    RejectedHash = renamedFrom.State == TrustState.Rejected ? hash : null,
                    RenamedFrom = renamedFrom.ToolName,
                });
                _log.Add(Record(TrustAction.Quarantined, entry, $"renamed from '{VisibleText.Escape(renamedFrom.ToolName!)}'"));
                return false;
            }

            entry = SaveFirst(FirstSight(tool.Name, hash, isStored));
            return entry.State == TrustState.Trusted;
        }

        private void JudgeMissing(HashSet<string> renamed)
        {
            if (!input.IsListing)
            {
                return;
            }

            HashSet<string> present = [.. input.Tools.Select(tool => tool.Name)];
            foreach (TrustEntry entry in _entries.Values.Where(entry => entry.IsPresent && !present.Contains(entry.ToolName!)))
            {
                Save(entry with { IsPresent = false, ChangedAt = now, ApprovedText = entry.ApprovedText ?? TextOf(entry.ToolName!, entry.ApprovedHash) });
                _log.Add(Record(TrustAction.Removed, entry, renamed.Contains(entry.ToolName!) ? "listed under another name" : "not listed any more"));
            }
        }

        private TrustEntry FirstSight(string? toolName, string hash, bool isStored, string? text = null)
        {
            bool trusted = policy == TrustPolicy.Pin && (isStored || !IsBlocked(toolName ?? ""));
            return new TrustEntry
            {
                ServerName = input.ServerName,
                ToolName = toolName,
                CurrentHash = hash,
                CurrentText = text,
                ApprovedHash = trusted ? hash : null,
                ApprovedText = trusted ? text : null,
                Findings = FindingsOf(toolName ?? ""),
                FirstSeenAt = now,
                ChangedAt = now,
            };
        }

        // What is recorded already, in its present form.
        private TrustEntry Follow(TrustEntry entry, string hash, string? text, string? approvedText)
        {
            if (entry.IsPresent && entry.CurrentHash == hash)
            {
                return entry;
            }

            TrustState before = entry.State;
            TrustEntry next = Save(entry with
            {
                CurrentHash = hash,
                CurrentText = text,
                IsPresent = true,
                ChangedAt = now,
                Findings = FindingsOf(entry.ToolName ?? ""),
                ApprovedText = text is null && hash == entry.ApprovedHash ? null : entry.ApprovedText ?? approvedText,
            });
            if (next.State == TrustState.Trusted)
            {
                _log.Add(Record(TrustAction.Restored, next, "as it was approved"));
            }
            else if (before is TrustState.Trusted or TrustState.Removed || before != next.State)
            {
                // What is withheld already and changes again adds nothing: a server that never stands still must not fill the log.
                _log.Add(Record(TrustAction.Quarantined, next, next.State switch
                {
                    TrustState.Rejected => "as it was rejected",
                    TrustState.Changed => "differs from what was approved",
                    _ => "was never approved",
                }));
            }

            return next;
        }

        // A tool that came with a name that is new, just when one went that had the same definition otherwise.
        private Dictionary<string, TrustEntry> FindRenamed()
        {
            Dictionary<string, TrustEntry> renamed = new(StringComparer.Ordinal);
            if (!input.IsListing)
            {
                return renamed;
            }

            List<StoredTool> added = [.. input.Tools.Where(tool => !_entries.ContainsKey(tool.Name))];
            if (added.Count == 0 || _entries.Count == 0)
            {
                return renamed;
            }

            HashSet<string> present = [.. input.Tools.Select(tool => tool.Name)];
            List<(TrustEntry Entry, string Shape)> gone =
            [
                .. _entries.Values.Where(entry => entry.IsPresent && !present.Contains(entry.ToolName!) && _before.ContainsKey(entry.ToolName!))
                    .Select(entry => (entry, ToolHasher.HashDefinition(_before[entry.ToolName!].Details, withName: false))),
            ];
            foreach (StoredTool tool in gone.Count == 0 ? [] : added)
            {
                string shape = ToolHasher.HashDefinition(tool.Details, withName: false);
                int at = gone.FindIndex(item => item.Shape == shape);
                if (at >= 0)
                {
                    renamed[tool.Name] = gone[at].Entry;
                    gone.RemoveAt(at);
                }
            }

            return renamed;
        }

        private IReadOnlyList<TrustFinding> FindingsOf(string name) => input.Findings.GetValueOrDefault(name, []);

        private bool IsBlocked(string name) => rules.BlocksFirstSight && FindingsOf(name).Any(finding => finding.Severity == FindingSeverity.High);

        private string? TextOf(string toolName, string? hash) =>
            hash is not null && _before.TryGetValue(toolName, out StoredTool? tool) && tool.ContentHash == hash ? Encoding.UTF8.GetString(tool.Details.Span) : null;

        private TrustEntry Save(TrustEntry entry)
        {
            _changed.Add(entry);
            return entry;
        }

        private TrustEntry SaveFirst(TrustEntry entry)
        {
            if (entry.State == TrustState.Trusted)
            {
                _pinned++;
            }
            else
            {
                string codes = string.Join(", ", entry.Findings.Where(finding => finding.Severity == FindingSeverity.High).Select(finding => finding.Code).Distinct());
                _log.Add(Record(TrustAction.Quarantined, entry, codes.Length == 0 ? "seen for the first time" : $"seen for the first time, with {codes}"));
            }

            return Save(entry);
        }

        private TrustRecord Record(TrustAction action, TrustEntry? entry, string note) => Record(action, entry?.ToolName, entry?.CurrentHash, entry?.ApprovedHash, note);

        private TrustRecord Record(TrustAction action, string? toolName, string? hash, string? approved, string note) => new()
        {
            At = now,
            Action = action,
            ServerName = input.ServerName,
            ToolName = toolName,
            Hash = hash,
            ApprovedHash = approved,
            Note = note,
            Writer = writer,
        };
    }
}
