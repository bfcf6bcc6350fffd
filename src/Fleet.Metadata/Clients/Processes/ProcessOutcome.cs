namespace Fleet.Metadata.Clients.Processes;

/// <param name="ExitCode">What the program said.</param>
/// <param name="Error">The beginning of what it wrote to standard error, trimmed.</param>
internal sealed record ProcessOutcome(int ExitCode, string Error);
