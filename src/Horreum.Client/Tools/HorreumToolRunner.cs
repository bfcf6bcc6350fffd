using System.Diagnostics;
using System.Text.Json;
using System.Text.Unicode;
using Horreum.Client.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Tools;

/// <summary>
/// Runs a tool by name. The same for MCP and for plain HTTP: whatever goes wrong becomes the contract's error object, never an exception.
/// </summary>
public sealed partial class HorreumToolRunner
{
    private readonly ToolCatalog _catalog;
    private readonly HorreumContractOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<HorreumToolRunner> _logger;

    internal HorreumToolRunner(ToolCatalog catalog, IOptions<HorreumContractOptions> options, TimeProvider time, ILogger<HorreumToolRunner> logger)
    {
        (_catalog, _options, _time, _logger) = (catalog, options.Value, time, logger);
    }

    /// <summary>Names of all tools, without their aliases.</summary>
    public IReadOnlyList<string> Names => [.. _catalog.Tools.Select(tool => tool.Name)];

    /// <summary>Whether there is a tool of this name or alias, with or without <c>horreum_</c>.</summary>
    public bool Knows(string name) => _catalog.Find(name) is not null;

    /// <summary>The spelling of the answer to the request in whose flow this runs.</summary>
    public ContractNaming Naming => HorreumDialect.Current ?? _options.Naming;

    private ContractJson Json => ContractJson.For(Naming);

    /// <summary>Runs a tool.</summary>
    /// <param name="name">Its name or an alias, with or without <c>horreum_</c>.</param>
    /// <param name="arguments">A JSON object in UTF-8; empty for none.</param>
    /// <param name="cancellationToken">Ends the calls to Horreum.</param>
    public async Task<ToolReply> RunAsync(string name, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (arguments.Span.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            return await RunAsync(name, (IEnumerable<KeyValuePair<string, JsonElement>>)[], cancellationToken).ConfigureAwait(false);
        }

        // The parser does not look inside of texts.
        if (!Utf8.IsValid(arguments.Span))
        {
            return Refuse("The body is not valid UTF-8.", "a JSON object in UTF-8");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(arguments, new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (JsonException e)
        {
            return Refuse($"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine}).", "a JSON object in UTF-8");
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? await RunAsync(name, Members(document.RootElement), cancellationToken).ConfigureAwait(false)
                : Refuse($"The body is a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}.", "a JSON object");
        }
    }

    /// <summary>Runs a tool.</summary>
    /// <param name="name">Its name or an alias, with or without <c>horreum_</c>.</param>
    /// <param name="arguments">The arguments, in either spelling.</param>
    /// <param name="cancellationToken">Ends the calls to Horreum.</param>
    public async Task<ToolReply> RunAsync(
        string name,
        IEnumerable<KeyValuePair<string, JsonElement>> arguments,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(arguments);
        long started = _time.GetTimestamp();
        HorreumTool? tool = null;
        ToolArguments? bound = null;
        using Activity? span = HorreumInstruments.Source.StartActivity("tool");
        try
        {
            tool = _catalog.Get(name);
            bound = new ToolArguments(tool, arguments);
            if (span is not null)
            {
                span.DisplayName = "tool." + tool.Name;
                span.SetTag("tool", tool.Name);
            }

            ToolResult result = await tool.RunAsync(bound, cancellationToken).ConfigureAwait(false);
            if (result.Payload is { } payload)
            {
                result = ToolResult.Of(await PayloadCopy.BoundAsync(payload, _options.MaxPayloadBytes, cancellationToken).ConfigureAwait(false), result.Members);
            }

            Record(tool, "ok", started);
            return new ToolReply(result, Json);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            ToolFailure? failure = ToolFailure.From(e, bound);
            if (failure is null)
            {
                LogUnexpected(_logger, e, name, CorrelationId.Current);
            }

            return Fail(span, tool, started, failure ?? ToolFailure.Unexpected());
        }
    }

    /// <summary>The contract's error object for a request that no tool can take, for example because its body is too large.</summary>
    /// <param name="status">Its HTTP status; it decides the code.</param>
    /// <param name="message">What is wrong.</param>
    public ToolReply Refuse(int status, string message)
    {
        ErrorCode code = status switch
        {
            404 => ErrorCode.NotFound,
            429 => ErrorCode.RateLimited,
            503 => ErrorCode.ServiceUnavailable,
            504 => ErrorCode.Timeout,
            >= 400 and < 500 => ErrorCode.InvalidRequest,
            _ => ErrorCode.InternalError,
        };
        return new ToolReply(new ToolFailure(status, new ContractError(code, message)), Json);
    }

    /// <summary>The contract's error object for an exception that came up while an answer was on its way.</summary>
    public ToolReply Refuse(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new ToolReply(ToolFailure.From(exception, null) ?? ToolFailure.Unexpected(), Json);
    }

    private ToolReply Refuse(string message, string expected) => new(
        new ToolFailure(400, new ContractError(ErrorCode.InvalidRequest, message) { Details = new Dictionary<string, string> { ["expected"] = expected } }),
        Json);

    private ToolReply Fail(Activity? span, HorreumTool? tool, long started, ToolFailure failure)
    {
        span?.SetStatus(ActivityStatusCode.Error, failure.Error.Message);
        if (tool is not null)
        {
            Record(tool, "error", started);
        }

        LogFailed(_logger, tool?.Name ?? "(unknown)", failure.Status, failure.Error.Code, CorrelationId.Current);
        return new ToolReply(failure, Json);
    }

    private void Record(HorreumTool tool, string outcome, long started)
    {
        KeyValuePair<string, object?> tag = new("tool", tool.Name);
        HorreumInstruments.Tools.Add(1, tag, new KeyValuePair<string, object?>("outcome", outcome));
        HorreumInstruments.ToolTime.Record(_time.GetElapsedTime(started).TotalMilliseconds, tag);
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Members(JsonElement body)
    {
        foreach (JsonProperty member in body.EnumerateObject())
        {
            yield return KeyValuePair.Create(member.Name, member.Value);
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "Tool {Tool} answered {Status} {Code} ({CorrelationId}).")]
    private static partial void LogFailed(ILogger logger, string tool, int status, ErrorCode code, string? correlationId);

    [LoggerMessage(EventId = 21, Level = LogLevel.Error, Message = "Tool {Tool} failed unexpectedly ({CorrelationId}).")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string tool, string? correlationId);
}
