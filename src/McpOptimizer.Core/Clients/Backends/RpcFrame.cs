using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What one piece of JSON from a backend means.</summary>
/// <param name="Messages">The messages in it; none when it is no message at all.</param>
/// <param name="Oddity">How it departs from JSON-RPC, as the end of a sentence that begins with "it"; null when it does not.</param>
/// <param name="IsPlain">Whether the SDK reads it as it is.</param>
internal sealed record RpcFrame(IReadOnlyList<JsonRpcMessage> Messages, string? Oddity, bool IsPlain);
