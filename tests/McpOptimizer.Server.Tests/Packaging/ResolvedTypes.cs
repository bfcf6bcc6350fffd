using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Text.Json.Nodes;

namespace McpOptimizer.Server.Tests.Packaging;

/// <summary>The generic types, and arrays of services, that service providers put together while it listens: from the events of the container.</summary>
internal sealed class ResolvedTypes : EventListener
{
    private static readonly string[] Members = ["serviceType", "implementationType", "itemType"];

    private readonly ConcurrentDictionary<(int Provider, string Service), ConcurrentDictionary<int, string>> _chunks = new();
    private readonly Dictionary<string, Type> _known = new(StringComparer.Ordinal);

    /// <summary>What one provider put together.</summary>
    public IReadOnlyCollection<Type> Of(IServiceProvider provider)
    {
        HashSet<Type> types = [];
        foreach (((int _, string _), ConcurrentDictionary<int, string> chunks) in _chunks.Where(call => call.Key.Provider == provider.GetHashCode()))
        {
            Add(JsonNode.Parse(string.Concat(chunks.OrderBy(chunk => chunk.Key).Select(chunk => chunk.Value))), types);
        }

        return types;
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Extensions-DependencyInjection")
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { EventName: "CallSiteBuilt", Payload: [string service, string callSite, int chunk, int, int provider] })
        {
            _chunks.GetOrAdd((provider, service), _ => new ConcurrentDictionary<int, string>())[chunk] = callSite;
        }
    }

    private void Add(JsonNode? node, HashSet<Type> types)
    {
        foreach (JsonNode? inner in node switch { JsonObject map => map.Select(member => member.Value), JsonArray list => list, _ => [] })
        {
            Add(inner, types);
        }

        if (node is not JsonObject site)
        {
            return;
        }

        foreach (string member in Members)
        {
            if (site[member]?.GetValue<string>() is not { } name || Find(name) is not { } type)
            {
                continue;
            }

            if (type.IsConstructedGenericType)
            {
                types.Add(type);
            }

            if (member == "itemType")
            {
                types.Add(type.MakeArrayType());
            }
        }
    }

    private Type? Find(string name)
    {
        int at = 0;
        return Read(name, ref at);
    }

    // As Type.ToString() writes it: Outer+Inner`1[Argument,Argument].
    private Type? Read(string text, ref int at)
    {
        int end = text.IndexOfAny(['[', ',', ']'], at);
        string name = text[at..(end < 0 ? text.Length : end)];
        at = end < 0 ? text.Length : end;
        Type? type = Known(name);
        if (at >= text.Length || text[at] != '[' || type is null)
        {
            return type;
        }

        List<Type?> arguments = [];
        do
        {
            at++;
            arguments.Add(Read(text, ref at));
        }
        while (text[at] == ',');
        at++;
        return arguments.Contains(null) ? null : type.MakeGenericType([.. arguments.OfType<Type>()]);
    }

    private Type? Known(string name)
    {
        if (!_known.TryGetValue(name, out Type? type))
        {
            type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(found => found is not null);
            if (type is not null)
            {
                _known[name] = type;
            }
        }

        return type;
    }
}
