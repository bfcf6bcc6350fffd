namespace McpOptimizer.Core.Models.Trust;

/// <summary>How one definition stands. Kept by names, so that it outlives restarts and absences of the server.</summary>
public sealed record TrustEntry
{
    /// <summary>The server.</summary>
    public required string ServerName { get; init; }

    /// <summary>What it is.</summary>
    public TrustKind Kind { get; init; }

    /// <summary>The tool, prompt or address of a resource; null for the server's instructions and endpoint.</summary>
    public string? Name { get; init; }

    /// <summary>Hash of the definition as listed last: SHA-256 in hexadecimal over the whole definition with its members sorted.</summary>
    public required string CurrentHash { get; init; }

    /// <summary>Hash of what was approved; null when nothing was.</summary>
    public string? ApprovedHash { get; init; }

    /// <summary>Hash of what was rejected last; null when nothing was.</summary>
    public string? RejectedHash { get; init; }

    /// <summary>Whether the server lists it.</summary>
    public bool IsPresent { get; init; } = true;

    /// <summary>How often it changed since somebody decided on it, or since it was first seen. From 5 on it stays withheld whatever it changes to.</summary>
    public int Changes { get; init; }

    /// <summary>Under which name it was approved, when it is the same definition under a new name.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>What the scan found in the current definition.</summary>
    public IReadOnlyList<TrustFinding> Findings { get => field ?? []; init; }

    /// <summary>When it was seen for the first time.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When its definition, or whether it is listed, changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When somebody approved or rejected it last; null when nobody did.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who that was.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>What they noted.</summary>
    public string? Note { get; init; }

    /// <summary>How it stands.</summary>
    public TrustState State => !IsPresent ? TrustState.Removed
        : CurrentHash == ApprovedHash ? Changes < MostChanges ? TrustState.Trusted : TrustState.Unsteady
        : CurrentHash == RejectedHash ? TrustState.Rejected
        : ApprovedHash is not null ? TrustState.Changed
        : TrustState.New;

    /// <summary>Whether somebody has to decide.</summary>
    public bool IsPending => State is TrustState.Changed or TrustState.New or TrustState.Unsteady;

    /// <summary>
    /// <c>server/tool</c>, <c>server#instructions</c>, <c>server#endpoint</c>, <c>server#prompt/NAME</c> or <c>server#resource/ADDRESS</c>; characters that cannot be seen
    /// are written as <c>\u{200B}</c>.
    /// </summary>
    public string DisplayName => VisibleText.Escape(FullName);

    /// <summary>So many changes make a definition unsteady.</summary>
    internal const int MostChanges = 5;

    /// <summary><see cref="DisplayName"/> with every character as it is.</summary>
    internal string FullName => NameOf(ServerName, Kind, Name);

    /// <summary>The name under which one definition of a server is decided on.</summary>
    internal static string NameOf(string serverName, TrustKind kind, string? name) => kind switch
    {
        TrustKind.Instructions => serverName + "#instructions",
        TrustKind.Endpoint => serverName + "#endpoint",
        TrustKind.Prompt => $"{serverName}#prompt/{name}",
        TrustKind.Resource => $"{serverName}#resource/{name}",
        _ => $"{serverName}/{name}",
    };

    /// <summary>The approved text where the store has it nowhere else: of tools only while they differ from it or are gone.</summary>
    internal string? ApprovedText { get; init; }

    /// <summary>The current text; null for tools, whose definitions are in their own table.</summary>
    internal string? CurrentText { get; init; }

    /// <summary>Of which kinds the first complete listing was taken in, a bit each; kept with the endpoint.</summary>
    internal int Baselines { get; init; }

    /// <summary>Whether it must be remembered whatever else the server lists: somebody decided on it, or it changed once.</summary>
    internal bool IsMemorable => DecidedAt is not null || Changes > 0 || RenamedFrom is not null;
}
