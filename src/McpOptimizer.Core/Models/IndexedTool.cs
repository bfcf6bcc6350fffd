namespace McpOptimizer.Core.Models;

/// <summary>A tool as the index holds it.</summary>
public sealed class IndexedTool
{
    // An id of ours takes a sixth of what its text would.
    private readonly Guid _id;
    private readonly string? _otherId;
    private readonly ReadOnlyMemory<byte> _definition;

    /// <summary>The stored tool's id.</summary>
    public required string Id
    {
        get => _otherId ?? _id.ToString();
        init
        {
            bool isOurs = Guid.TryParseExact(value, "D", out _id) && !value.AsSpan().ContainsAnyInRange('A', 'F');
            _otherId = isOurs ? null : value;
        }
    }

    /// <summary>The stored server's id.</summary>
    public required string ServerId { get; init; }

    /// <summary>Workload (or registry entry) name.</summary>
    public required string ServerName { get; init; }

    /// <summary>The tool's own name.</summary>
    public required string Name { get; init; }

    /// <summary>The tool's definition as compact JSON without nulls, UTF-8.</summary>
    /// <remarks>May be packed in memory: who needs it more than once keeps what it gets.</remarks>
    public required ReadOnlyMemory<byte> DefinitionJson { get => Packed is null ? _definition : Packed.Read(Place); init => _definition = value; }

    /// <summary>Tokens of <see cref="DefinitionJson"/>.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Where the definition is packed in place of <see cref="DefinitionJson"/>; null when it is not.</summary>
    internal PackedDefinitions? Packed { get; init; }

    /// <summary>Its place there.</summary>
    internal int Place { get; init; }
}
