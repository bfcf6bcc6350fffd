using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>The answer to a call: JSON to be written, and the status it has over HTTP.</summary>
public sealed class ToolReply : IAsyncDisposable
{
    private readonly ToolResult? _result;
    private readonly ToolFailure? _failure;
    private readonly ContractJson _json;

    internal ToolReply(ToolResult result, ContractJson json)
    {
        (_result, _json) = (result, json);
    }

    internal ToolReply(ToolFailure failure, ContractJson json)
    {
        (_failure, _json) = (failure, json);
    }

    /// <summary>200, or the status of the error.</summary>
    public int Status => _failure?.Status ?? 200;

    /// <summary>Whether this is the contract's error object.</summary>
    public bool IsError => _failure is not null;

    /// <summary>Whole seconds until a later call makes sense; null when nothing is known.</summary>
    public long? RetryAfterSeconds => _failure?.Error.RetryAfter is { } wait ? ErrorWriter.Seconds(wait) : null;

    /// <summary>Whether the JSON is passed on from Horreum as it arrives: <see cref="CopyToAsync"/> then reads the connection.</summary>
    public bool IsStreamed => _result?.Payload is not null;

    /// <summary>Writes the whole answer; for answers that are not streamed.</summary>
    /// <exception cref="InvalidOperationException">The answer is streamed.</exception>
    public void WriteTo(IBufferWriter<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (_failure is not null)
        {
            ErrorWriter.Write(buffer, _failure, CorrelationId.Current);
        }
        else if (IsStreamed)
        {
            throw new InvalidOperationException("The answer is streamed: copy it.");
        }
        else
        {
            _result!.WriteTo(buffer, _json);
        }
    }

    /// <summary>Copies the answer as it arrives.</summary>
    /// <exception cref="HttpRequestException">The connection to Horreum broke: what was written is not complete.</exception>
    public Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return PayloadCopy.CopyAsync(_result!.Payload!, Prefix(), destination, cancellationToken);
    }

    /// <summary>Gives the connection to Horreum back.</summary>
    public ValueTask DisposeAsync() => _result?.Payload?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Members to put behind the payload's opening brace.
    private byte[] Prefix()
    {
        if (_result!.Members.Count == 0)
        {
            return [];
        }

        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach ((string name, string value) in _result.Members)
            {
                writer.WriteString(_json.Name(name), value);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }
}
