namespace Coder.Client.Clients.Wire;

internal sealed record TaskInput(string Input);
