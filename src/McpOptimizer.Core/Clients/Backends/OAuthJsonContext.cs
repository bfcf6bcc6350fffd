using System.Text.Json.Serialization;
using ModelContextProtocol.Authentication;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What token files hold.</summary>
[JsonSerializable(typeof(TokenContainer))]
internal sealed partial class OAuthJsonContext : JsonSerializerContext;
