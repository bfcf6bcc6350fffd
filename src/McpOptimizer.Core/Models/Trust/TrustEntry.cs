
namespace McpOptimizer.Core.Models.Trust;

/// <summary>How one tool's definition, or one server's instructions, stand. Kept by names, so that it outlives restarts and absences of the server.</summary>
public sealed record TrustEntry
{
    /// <summary>The server.</summary>
    public required string ServerName { get; init; }

    /// <summary>The tool; null for the server's instructions.</summary>
    public string? ToolName { get; init; }

    /// <summary>Hash of the definition as listed last: SHA-256 in hexadecimal over the whole definition with its members sorted.</summary>
    public required string CurrentHash { get; init; }

    /// <summary>Hash of what was approved; null when nothing was.</summary>
    public string? ApprovedHash { get; init; }

    /// <summary>Hash of what was rejected last; null when nothing was.</summary>
    public string? RejectedHash { get; init; }

    /// <summary>Whether the server lists it.</summary>
    public bool IsPresent { get; init; } = true;

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
        : CurrentHash == ApprovedHash ? TrustState.Trusted
        : CurrentHash == RejectedHash ? TrustState.Rejected
        : ApprovedHash is not null ? TrustState.Changed
        : TrustState.New;

    /// <summary>Whether somebody has to decide.</summary>
    public bool IsPending => State is TrustState.Changed or TrustState.New;

    /// <summary><c>server/tool</c>, or <c>server#instructions</c>; characters that cannot be seen are written as <c>\u{200B}</c>.</summary>
    public string DisplayName => VisibleText.Escape(ToolName is null ? ServerName + InstructionsSuffix : $"{ServerName}/{ToolName}");

    /// <summary>Stands behind a server's name where its instructions are meant.</summary>
    internal const string InstructionsSuffix = "#instructions";

    /// <summary>The approved text where the store has it nowhere else: of tools only while they differ from it or are gone.</summary>
    internal string? ApprovedText { get; init; }

    /// <summary>The current text of instructions; null for tools, whose definitions are in their own table.</summary>
    internal string? CurrentText { get; init; }
}
