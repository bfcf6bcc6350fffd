using System.Text;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Definitions;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>One run of <see cref="TrustJudge"/>.</summary>
internal sealed class TrustJudgement
{
    /// <summary>How many names of one kind a server may have recorded beside the trusted ones it lists. Beyond, new names are refused.</summary>
    public const int MostNames = 2_000;

    private readonly TrustInput _input;
    private readonly TrustRules _rules;
    private readonly DateTimeOffset _now;
    private readonly string _writer;
    private readonly TrustPolicy _policy;
    private readonly Dictionary<string, TrustEntry> _entries;
    private readonly TrustEntry? _instructions;
    private readonly Dictionary<string, StoredTool> _before;
    private readonly Queue<TrustEntry> _forgettable;
    private readonly List<TrustEntry> _changed = [];
    private readonly List<TrustEntry> _forgotten = [];
    private readonly List<TrustRecord> _log = [];
    private readonly HashSet<string> _withheld = new(StringComparer.Ordinal);
    private TrustEntry? _server;
    private int _beside;
    private int _pinned;
    private int _refused;

    public TrustJudgement(TrustInput input, IReadOnlyList<TrustEntry> entries, TrustRules rules, DateTimeOffset now, string writer)
    {
        (_input, _rules, _now, _writer) = (input, rules, now, writer);
        _policy = rules.PolicyOf(input.ServerName);
        _entries = entries.Where(entry => entry.Kind == input.Kind).ToDictionary(entry => entry.Name ?? "", StringComparer.Ordinal);
        _server = entries.FirstOrDefault(entry => entry.Kind == TrustKind.Endpoint);
        _instructions = entries.FirstOrDefault(entry => entry.Kind == TrustKind.Instructions);
        _before = input.Before.Where(tool => tool.Name.Length > 0).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        _beside = _entries.Values.Count(entry => entry.State != TrustState.Trusted);
        _forgettable = new Queue<TrustEntry>(_entries.Values.Where(entry => !entry.IsPresent && !entry.IsMemorable).OrderBy(entry => entry.ChangedAt).ThenBy(entry => entry.Name, StringComparer.Ordinal));
    }

    private bool IsTools => _input.Kind == TrustKind.Tool;

    public TrustVerdict Judge()
    {
        bool endpoint = JudgeEndpoint();
        (bool instructions, string? hash) = JudgeInstructions();
        bool hasBaseline = HasBaseline(_input.Kind);
        Dictionary<string, TrustEntry> renamed = FindRenamed();
        foreach (StoredTool item in _input.Items)
        {
            if (!(hasBaseline ? JudgeLater(item, renamed.GetValueOrDefault(item.Name)) : JudgeFirst(item)))
            {
                _withheld.Add(item.Name);
            }
        }

        JudgeMissing([.. renamed.Values.Select(entry => entry.Name!)]);
        if (_input.IsListing || _pinned > 0)
        {
            TakeBaseline(_input.Kind);
        }

        LogSums();
        TrustVerdict verdict = new() { WithholdsServer = endpoint || instructions, EndpointHash = _server?.CurrentHash is { Length: > 0 } known ? known : null, InstructionsHash = hash };
        verdict.WithheldItems.UnionWith(_withheld);
        verdict.Entries.AddRange(_changed);
        verdict.Forgotten.AddRange(_forgotten);
        verdict.Log.AddRange(_log);
        return verdict;
    }

    // True when it holds the server back.
    private bool JudgeEndpoint()
    {
        if (_input.Endpoint is { } seen && _server is not null)
        {
            // Who put the server into the settings chose what stands there; that is pinned with the first listing.
            _server = _server.CurrentHash.Length == 0 || _server.Baselines == 0
                ? _server.CurrentHash == seen.Hash ? _server : Replace(_server, _server with { CurrentHash = seen.Hash, CurrentText = seen.Text, ApprovedHash = seen.Hash, ApprovedText = seen.Text, IsPresent = true })
                : Follow(_server, seen.Hash, seen.Text, null);
        }

        return _server is { IsPresent: true } && _server.State != TrustState.Trusted;
    }

    // Whether they hold the server back, and what they are now.
    private (bool Withhold, string? Hash) JudgeInstructions()
    {
        if (!_rules.WatchesInstructions)
        {
            return (false, null);
        }

        TrustEntry? entry = _instructions;
        if (_input.Instructions is { } text)
        {
            string hash = TrustJudge.HashInstructions(text);
            if (entry is not null)
            {
                entry = Follow(entry, hash, text, null);
            }
            else
            {
                bool trusted = !HasBaseline(TrustKind.Instructions) || _rules.TrustsAdditions(_input.ServerName);
                entry = SaveFirst(FirstSight(TrustKind.Instructions, null, hash, trusted && !IsBlocked(""), text));
            }
        }
        else if (IsTools && _input.IsListing && entry is { IsPresent: true })
        {
            // Instructions that are gone tell nobody anything.
            entry = Save(entry with { IsPresent = false, ChangedAt = _now });
            _log.Add(Record(TrustAction.Removed, entry, "instructions"));
        }

        if (IsTools && _input.IsListing)
        {
            TakeBaseline(TrustKind.Instructions);
        }

        return entry is { IsPresent: true } ? (entry.State != TrustState.Trusted, entry.CurrentHash) : (false, null);
    }

    // Before the baseline. True when it may be seen.
    private bool JudgeFirst(StoredTool item)
    {
        string? hash = HashOf(item);
        bool isStored = hash is not null && _before.TryGetValue(item.Name, out StoredTool? before) && before.ContentHash == hash;
        if (_entries.TryGetValue(item.Name, out TrustEntry? entry))
        {
            return (hash is null ? entry : Follow(entry, hash, item)).State == TrustState.Trusted;
        }

        // Rows of an older program: their spelling is not the one that the server's next listing has. That listing is the first sight.
        return hash is null || !(_input.IsListing || isStored)
            ? _policy == TrustPolicy.Pin && IsTools
            : SaveFirst(FirstSight(_input.Kind, item.Name, hash, isStored || !IsBlocked(item.Name), TextOf(item))).State == TrustState.Trusted;
    }

    // After the baseline. True when it may be seen: approved, or part of the baseline and unchanged.
    private bool JudgeLater(StoredTool item, TrustEntry? renamedFrom)
    {
        string? hash = HashOf(item);
        if (_entries.TryGetValue(item.Name, out TrustEntry? entry))
        {
            return (hash is null ? entry : Follow(entry, hash, item)).State == TrustState.Trusted;
        }

        if (hash is null || !_input.IsListing)
        {
            // Stored while nothing was watched, or a name that was refused.
            return false;
        }

        if (!TryMakeRoom())
        {
            _refused++;
            return false;
        }

        if (renamedFrom is not null)
        {
            entry = Save(FirstSight(_input.Kind, item.Name, hash, isTrusted: false, TextOf(item)) with
            {
                ApprovedHash = renamedFrom.ApprovedHash,
                ApprovedText = renamedFrom.ApprovedText ?? ApprovedTextOf(renamedFrom),
                RejectedHash = renamedFrom.State == TrustState.Rejected ? hash : null,
                RenamedFrom = renamedFrom.Name,
            });
            _log.Add(Record(TrustAction.Quarantined, entry, $"renamed from '{VisibleText.Shorten(renamedFrom.Name!)}'"));
            return false;
        }

        bool trusted = _rules.TrustsAdditions(_input.ServerName) && !IsBlocked(item.Name);
        return SaveFirst(FirstSight(_input.Kind, item.Name, hash, trusted, TextOf(item))).State == TrustState.Trusted;
    }

    private void JudgeMissing(HashSet<string> renamed)
    {
        if (!_input.IsListing)
        {
            return;
        }

        HashSet<string> present = [.. _input.Items.Select(item => item.Name)];
        foreach (TrustEntry entry in _entries.Values.Where(entry => entry.IsPresent && !present.Contains(entry.Name!)).ToList())
        {
            Save(entry with { IsPresent = false, ChangedAt = _now, ApprovedText = entry.ApprovedText ?? ApprovedTextOf(entry) });
            _log.Add(Record(TrustAction.Removed, entry, renamed.Contains(entry.Name!) ? "listed under another name" : "not listed any more"));
        }
    }

    private void TakeBaseline(TrustKind kind)
    {
        if (HasBaseline(kind))
        {
            return;
        }

        EndpointFingerprint? seen = _input.Endpoint;
        TrustEntry server = _server ?? new TrustEntry
        {
            ServerName = _input.ServerName,
            Kind = TrustKind.Endpoint,
            CurrentHash = seen?.Hash ?? "",
            CurrentText = seen?.Text,
            ApprovedHash = seen?.Hash ?? "",
            ApprovedText = seen?.Text,
            FirstSeenAt = _now,
            ChangedAt = _now,
        };
        _server = Replace(_server, server with { Baselines = server.Baselines | BitOf(kind) });
    }

    private bool HasBaseline(TrustKind kind) => _server is not null && (_server.Baselines & BitOf(kind)) != 0;

    private static int BitOf(TrustKind kind) => 1 << (int)kind;

    private TrustEntry FirstSight(TrustKind kind, string? name, string hash, bool isTrusted, string? text)
    {
        bool trusted = isTrusted && _policy == TrustPolicy.Pin;
        return new TrustEntry
        {
            ServerName = _input.ServerName,
            Kind = kind,
            Name = name,
            CurrentHash = hash,
            CurrentText = text,
            ApprovedHash = trusted ? hash : null,
            ApprovedText = trusted ? text : null,
            Findings = FindingsOf(name ?? ""),
            FirstSeenAt = _now,
            ChangedAt = _now,
        };
    }

    // Nearly everything is as it was, and its text is long: made only where it is recorded.
    private TrustEntry Follow(TrustEntry entry, string hash, StoredTool item) =>
        IsAsRecorded(entry, hash) ? entry : Follow(entry, hash, TextOf(item), ApprovedTextOf(entry));

    private static bool IsAsRecorded(TrustEntry entry, string hash) => entry.IsPresent && entry.CurrentHash == hash;

    // What is recorded already, in its present form.
    private TrustEntry Follow(TrustEntry entry, string hash, string? text, string? approvedText)
    {
        if (IsAsRecorded(entry, hash))
        {
            return entry;
        }

        TrustState before = entry.State;
        bool isSame = entry.CurrentHash == hash;
        TrustEntry next = Save(entry with
        {
            CurrentHash = hash,
            CurrentText = text,
            IsPresent = true,
            ChangedAt = _now,
            Changes = isSame ? entry.Changes : Math.Min(entry.Changes + 1, TrustEntry.MostChanges),
            Findings = isSame && entry.Kind == TrustKind.Tool ? entry.Findings : FindingsOf(entry.Name ?? ""),
            ApprovedText = text is null && hash == entry.ApprovedHash ? null : entry.ApprovedText ?? approvedText,
        });
        if (next.State == TrustState.Trusted)
        {
            _log.Add(Record(TrustAction.Restored, next, "as it was approved"));
        }
        else if (before is TrustState.Trusted or TrustState.Removed || (before != next.State && entry.Changes < TrustEntry.MostChanges))
        {
            // What is withheld already and changes again adds nothing: a server that never stands still must not fill the log.
            _log.Add(Record(TrustAction.Quarantined, next, next.State switch
            {
                TrustState.Rejected => "as it was rejected",
                TrustState.Changed => "differs from what was approved",
                TrustState.Unsteady => "changed to and fro too often",
                _ => "was never approved",
            }));
        }

        return next;
    }

    // Something that came with a name that is new, just when something went that had the same definition otherwise.
    private Dictionary<string, TrustEntry> FindRenamed()
    {
        Dictionary<string, TrustEntry> renamed = new(StringComparer.Ordinal);
        if (!_input.IsListing || _entries.Count == 0 || _input.Items.All(item => _entries.ContainsKey(item.Name)))
        {
            return renamed;
        }

        HashSet<string> present = [.. _input.Items.Select(item => item.Name)];
        Dictionary<string, Queue<TrustEntry>> gone = new(StringComparer.Ordinal);
        foreach (TrustEntry entry in _entries.Values.Where(entry => IsModel(entry, present)))
        {
            string shape = ToolHasher.HashDefinition(_before[entry.Name!].Details, withName: false);
            (gone.TryGetValue(shape, out Queue<TrustEntry>? same) ? same : gone[shape] = []).Enqueue(entry);
        }

        foreach (StoredTool item in gone.Count == 0 ? [] : _input.Items.Where(item => !_entries.ContainsKey(item.Name)))
        {
            if (gone.TryGetValue(ToolHasher.HashDefinition(item.Details, withName: false), out Queue<TrustEntry>? same) && same.TryPeek(out TrustEntry? entry))
            {
                renamed[item.Name] = entry;

                // What was rejected stands for as many copies as come; what is gone, for one.
                _ = entry.State == TrustState.Rejected ? entry : same.Dequeue();
            }
        }

        return renamed;
    }

    // What a new name may be a new name of: what is gone now, and what was rejected, gone or not.
    private bool IsModel(TrustEntry entry, HashSet<string> present) =>
        entry.IsPresent && _before.ContainsKey(entry.Name!) && (!present.Contains(entry.Name!) || entry.State == TrustState.Rejected);

    // Throw-away names make room for one another; what somebody decided on, or what ever changed, is not forgotten for them.
    private bool TryMakeRoom()
    {
        if (_beside < MostNames)
        {
            _beside++;
            return true;
        }

        while (_forgettable.TryDequeue(out TrustEntry? entry))
        {
            if (_entries.TryGetValue(entry.Name!, out TrustEntry? now) && ReferenceEquals(now, entry))
            {
                _entries.Remove(entry.Name!);
                _forgotten.Add(entry);
                return true;
            }
        }

        return false;
    }

    private IReadOnlyList<TrustFinding> FindingsOf(string name) => _input.Findings.GetValueOrDefault(name, []);

    private bool IsBlocked(string name) => _rules.BlocksFirstSight && FindingsOf(name).Any(finding => finding.Severity == FindingSeverity.High);

    private static string? HashOf(StoredTool item) => item.Name.Length == 0 ? null : item.ContentHash;

    // Tools have a table of their own.
    private string? TextOf(StoredTool item) => IsTools ? null : Encoding.UTF8.GetString(item.Details.Span);

    private string? ApprovedTextOf(TrustEntry entry) =>
        entry.ApprovedHash is { } hash && _before.TryGetValue(entry.Name ?? "", out StoredTool? tool) && tool.ContentHash == hash ? Encoding.UTF8.GetString(tool.Details.Span) : null;

    private TrustEntry Save(TrustEntry entry)
    {
        _changed.Add(entry);
        if (entry.Kind == _input.Kind && entry.Name is not null)
        {
            _entries[entry.Name] = entry;
        }

        return entry;
    }

    // The endpoint's entry may change several times in one run; it is written once.
    private TrustEntry Replace(TrustEntry? before, TrustEntry entry)
    {
        _changed.RemoveAll(other => ReferenceEquals(other, before));
        return Save(entry);
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

    private void LogSums()
    {
        if (_pinned > 0)
        {
            _log.Add(Record(TrustAction.Pinned, null, $"first sight of {_pinned}"));
        }

        if (_refused > 0)
        {
            _log.Add(Record(TrustAction.Quarantined, null, $"{_refused} more names than are kept for one server; they are refused"));
        }
    }

    private TrustRecord Record(TrustAction action, TrustEntry? entry, string note) => new()
    {
        At = _now,
        Action = action,
        ServerName = _input.ServerName,
        Kind = entry?.Kind ?? _input.Kind,
        Name = entry?.Name,
        Hash = entry?.CurrentHash,
        ApprovedHash = entry?.ApprovedHash,
        Note = note,
        Writer = _writer,
    };
}
