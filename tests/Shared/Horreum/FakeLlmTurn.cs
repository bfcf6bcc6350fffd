namespace Shared.Horreum;

/// <summary>What the LLM says in one turn: words, or calls of functions with their arguments as text.</summary>
public sealed record FakeLlmTurn(string Text, params (string Name, string Arguments)[] Calls);
