using System.Security.Cryptography;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>Keeps cut results for a while, each for the session it was made in. Bounded; the oldest make room.</summary>
internal sealed class ResultStore(IOptions<McpOptimizerOptions> options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _byAge = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byHandle = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _bySession = new(StringComparer.Ordinal);
    private readonly ResponseSettings _settings = options.Value.Responses;
    private long _bytes;

    /// <summary>Bytes kept now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Keeps a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="context">Who called.</param>
    /// <param name="tool">Whose result it is; null when nobody asks.</param>
    /// <returns>Its handle; null when it is larger than may be kept.</returns>
    public string? Add(JsonObject result, CallContext context, IndexedTool? tool = null)
    {
        byte[] json = JsonText.WriteBytes(writer => result.WriteTo(writer)).ToArray();
        if (json.Length > Math.Min(_settings.MaxStoredBytes, _settings.MaxStoredBytesPerSession))
        {
            return null;
        }

        Entry entry = new("r-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)), SessionOf(context), json, clock.GetUtcNow() + _settings.StoredResultLifetime, tool?.ServerName, tool?.Name);
        lock (_gate)
        {
            RemoveExpired();
            while (_bytes + json.Length > _settings.MaxStoredBytes)
            {
                Remove(_byAge.First!);
            }

            while (_bySession.GetValueOrDefault(entry.Session) + json.Length > _settings.MaxStoredBytesPerSession)
            {
                Remove(OldestOf(entry.Session));
            }

            _byHandle[entry.Handle] = _byAge.AddLast(entry);
            _bytes += json.Length;
            _bySession[entry.Session] = _bySession.GetValueOrDefault(entry.Session) + json.Length;
        }

        return entry.Handle;
    }

    /// <summary>The result under a handle; null when there is none for this session.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="isWithheld">Says of server and tool whether its results are not to be handed out.</param>
    public JsonObject? Find(string handle, CallContext context, Func<string, string, bool>? isWithheld = null)
    {
        Entry entry;
        lock (_gate)
        {
            RemoveExpired();
            if (!_byHandle.TryGetValue(handle, out LinkedListNode<Entry>? node) || node.Value.Session != SessionOf(context))
            {
                return null;
            }

            entry = node.Value;
        }

        bool withheld = entry is { ServerName: { } server, ToolName: { } tool } && isWithheld?.Invoke(server, tool) == true;
        return withheld ? null : JsonText.Parse(entry.Json) as JsonObject;
    }

    // Two callers behind one session id, or without one, must not read each other's results.
    private static string SessionOf(CallContext context) => $"{context.Caller?.Length ?? -1}:{context.Caller}/{context.SessionId}";

    private LinkedListNode<Entry> OldestOf(string session)
    {
        LinkedListNode<Entry> node = _byAge.First!;
        while (node.Value.Session != session)
        {
            node = node.Next!;
        }

        return node;
    }

    private void RemoveExpired()
    {
        DateTimeOffset now = clock.GetUtcNow();
        while (_byAge.First is { } oldest && oldest.Value.Until <= now)
        {
            Remove(oldest);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        Entry entry = node.Value;
        _byAge.Remove(node);
        _byHandle.Remove(entry.Handle);
        _bytes -= entry.Json.Length;
        long left = _bySession[entry.Session] - entry.Json.Length;
        if (left == 0)
        {
            _bySession.Remove(entry.Session);
        }
        else
        {
            _bySession[entry.Session] = left;
        }
    }

    private sealed record Entry(string Handle, string Session, byte[] Json, DateTimeOffset Until, string? ServerName, string? ToolName);
}
