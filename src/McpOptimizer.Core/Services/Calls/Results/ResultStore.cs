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
    private readonly LinkedList<StoredResult> _byAge = new();
    private readonly Dictionary<string, LinkedListNode<StoredResult>> _byHandle = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _bySession = new(StringComparer.Ordinal);
    private readonly ResponseSettings _settings = options.Value.Responses;
    private long _bytes;

    /// <summary>Raised when a result was made here and is kept.</summary>
    public event EventHandler<StoredResult>? Kept;

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

        StoredResult entry = new("r-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)), SessionOf(context), json, clock.GetUtcNow() + _settings.StoredResultLifetime, tool?.ServerName, tool?.Name);
        Take(entry);
        Kept?.Invoke(this, entry);
        return entry.Handle;
    }

    /// <summary>Keeps what another replica kept.</summary>
    public void Take(StoredResult entry)
    {
        lock (_gate)
        {
            RemoveExpired();
            if (_byHandle.ContainsKey(entry.Handle))
            {
                return;
            }

            while (_byAge.First is { } oldest && _bytes + entry.Json.Length > _settings.MaxStoredBytes)
            {
                Remove(oldest);
            }

            while (_bySession.TryGetValue(entry.Session, out long kept) && kept + entry.Json.Length > _settings.MaxStoredBytesPerSession)
            {
                Remove(OldestOf(entry.Session));
            }

            LinkedListNode<StoredResult>? before = _byAge.Last;
            while (before is not null && before.Value.Until > entry.Until)
            {
                before = before.Previous;
            }

            _byHandle[entry.Handle] = before is null ? _byAge.AddFirst(entry) : _byAge.AddAfter(before, entry);
            _bytes += entry.Json.Length;
            _bySession[entry.Session] = _bySession.GetValueOrDefault(entry.Session) + entry.Json.Length;
        }
    }

    /// <summary>Whether a result of this handle is here, whoever may read it.</summary>
    public bool Has(string handle)
    {
        lock (_gate)
        {
            return _byHandle.ContainsKey(handle);
        }
    }

    /// <summary>The result under a handle; null when there is none for this session.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="isWithheld">Says of server and tool whether its results are not to be handed out.</param>
    public JsonObject? Find(string handle, CallContext context, Func<string, string, bool>? isWithheld = null)
    {
        StoredResult entry;
        lock (_gate)
        {
            RemoveExpired();
            if (!_byHandle.TryGetValue(handle, out LinkedListNode<StoredResult>? node) || node.Value.Session != SessionOf(context))
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

    private LinkedListNode<StoredResult> OldestOf(string session)
    {
        LinkedListNode<StoredResult> node = _byAge.First!;
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

    private void Remove(LinkedListNode<StoredResult> node)
    {
        StoredResult entry = node.Value;
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
}
