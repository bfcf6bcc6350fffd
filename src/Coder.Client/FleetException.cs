using Coder.Client.Models;

namespace Coder.Client;

/// <summary>A rule of the fleet was broken. The message says what was given, which rule it breaks and what is legal instead.</summary>
public sealed class FleetException(FleetErrorCode code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Kind of the fault.</summary>
    public FleetErrorCode Code { get; } = code;

    /// <summary>The facts of the message by name, for programs.</summary>
    public IReadOnlyDictionary<string, string> Details { get => field ?? new Dictionary<string, string>(); init; }
}
