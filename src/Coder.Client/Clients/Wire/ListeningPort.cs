namespace Coder.Client.Clients.Wire;

/// <summary>A port on which something in the workspace listens.</summary>
public sealed record ListeningPort
{
    /// <summary>Port number.</summary>
    public int Port { get; init; }

    /// <summary>tcp or udp.</summary>
    public string? Network { get; init; }

    /// <summary>Who listens.</summary>
    public string? ProcessName { get; init; }
}
