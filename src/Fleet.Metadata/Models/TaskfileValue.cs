namespace Fleet.Metadata.Models;

/// <summary>What a task printed, or why there is no value.</summary>
internal sealed record TaskfileValue(string? Text, string? Fault);
