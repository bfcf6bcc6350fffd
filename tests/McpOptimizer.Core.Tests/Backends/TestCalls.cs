using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Backends;

namespace McpOptimizer.Core.Tests.Backends;

/// <summary>Shorthand for calls in tests.</summary>
internal static class TestCalls
{
    public static Task<BackendCallResult> CallAsync(
        this IBackendRepository backends, BackendEndpoint endpoint, string tool, string arguments = "{}", CallContext? context = null, CancellationToken cancellationToken = default) =>
        backends.CallToolAsync(endpoint, tool, JsonElement.Parse(arguments), context ?? CallContext.None, default, cancellationToken);

    public static string Text(this BackendCallResult result) => result.Json["content"]![0]!["text"]!.GetValue<string>();
}
