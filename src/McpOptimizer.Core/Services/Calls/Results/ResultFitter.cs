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

    /// <summary>Cuts a result that is too large.</summary>
    /// <param name="result">The whole.</param>
    /// <param name="context">Who called.</param>
    /// <param name="tool">Whose result it is; null for what is not a tool's.</param>
    public FittedResult Fit(JsonObject result, CallContext context, IndexedTool? tool = null)
    {
        if (_settings.MaxTokens is not { } limit || ResponseLimiter.Limit(result, limit) is not { IsCut: true } limited)
        {
            return new FittedResult(result, IsCut: false, Handle: null);
        }

        string? handle = store.Add(result, context, tool);
        CallResults.AddNotice(limited.Result, CallResults.Notice(limited, limit, handle));
        return new FittedResult(limited.Result, IsCut: true, handle);
    }
}
