using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

/// <summary>A tool whose failures are structured results, and which says so in its output schema.</summary>
internal sealed partial class FleetTool : DelegatingMcpServerTool
{
    private readonly ILogger _logger;
    private readonly string[] _parameters;
    private readonly string[] _required;

    public FleetTool(McpServerTool inner, ILogger logger)
        : base(inner)
    {
        _logger = logger;
        JsonElement schema = inner.ProtocolTool.InputSchema;
        _parameters = schema.TryGetProperty("properties", out JsonElement properties)
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : [];
        _required = schema.TryGetProperty("required", out JsonElement required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [];
        inner.ProtocolTool.InputSchema = ToolSchemas.CloseInput(schema);
        inner.ProtocolTool.OutputSchema = ToolSchemas.WithError(inner.ProtocolTool.OutputSchema!.Value);
    }

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Params?.Arguments is { } arguments)
        {
            // Models like to spell out what they leave out.
            request.Params.Arguments = arguments.Where(argument => argument.Value.ValueKind != JsonValueKind.Null).ToDictionary();
        }

        if (Check(request.Params?.Arguments ?? new Dictionary<string, JsonElement>()) is { } fault)
        {
            return ToolErrors.ToResult(fault);
        }

        try
        {
            return await base.InvokeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Results.ErrorBody error = ToolErrors.Describe(e);
            if (error.Code == ToolErrors.Internal)
            {
                Unexpected(_logger, e, ProtocolTool.Name);
            }

            return ToolErrors.ToResult(error);
        }
    }

    private Results.ErrorBody? Check(IDictionary<string, JsonElement> arguments)
    {
        if (arguments.Keys.FirstOrDefault(name => !_parameters.Contains(name)) is { } unknown)
        {
            string? nearest = NearestName.Find(unknown, _parameters);
            string hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
            string legal = _parameters.Length == 0 ? "none" : string.Join(", ", _parameters);
            return ToolErrors.Invalid(
                $"{ProtocolTool.Name} has no parameter '{VisibleText.Shorten(unknown, 60)}'.{hint} Parameters: {legal}.", unknown);
        }

        return Array.Find(_required, name => !arguments.ContainsKey(name)) is { } missing
            ? ToolErrors.Invalid($"{ProtocolTool.Name} needs a value for '{missing}'.", missing)
            : null;
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Error, Message = "Tool {Tool} failed unexpectedly.")]
    private static partial void Unexpected(ILogger logger, Exception exception, string tool);
}
