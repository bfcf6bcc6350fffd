namespace Coder.Client.Clients.Wire;

/// <summary>One line of a build's log.</summary>
public sealed record ProvisionerLog
{
    /// <summary>Ordering id.</summary>
    public long Id { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>provisioner or provisioner_daemon.</summary>
    public string? LogSource { get; init; }

    /// <summary>trace, debug, info, warn or error.</summary>
    public string? LogLevel { get; init; }

    /// <summary>Stage of the build.</summary>
    public string? Stage { get; init; }

    /// <summary>The line.</summary>
    public string? Output { get; init; }
}
