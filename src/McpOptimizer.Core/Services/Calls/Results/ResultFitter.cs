using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>Cuts what is too large for a caller and keeps the whole for <c>read_result</c>.</summary>
internal sealed class ResultFitter(ResultStore store, IOptions<McpOptimizerOptions> options)
{
    private readonly ResponseSettings _settings = options.Value.Responses;

    /// <summary>The result as the caller gets it, and the handle of the whole when it was cut and kept.</summary>
    /// <param name="result">The whole.</param>
    /// <param name="context">Who called.</param>
    /// <param name="tool">Whose result it is; null for what is not a tool's.</param>
    public (JsonObject Result, string? Handle) Fit(JsonObject result, CallContext context, IndexedTool? tool = null)
    {
        if (_settings.MaxTokens is not { } limit || ResponseLimiter.Limit(result, limit) is not { IsCut: true } limited)
        {
            return (result, null);
        }

        string? handle = store.Add(result, context, tool);
        CallResults.AddNotice(limited.Result, CallResults.Notice(limited, limit, handle));
        return (limited.Result, handle);
    }
}
