namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>The vectors of the last requests, of one model; the one that was not asked for longest goes first.</summary>
internal sealed class QueryVectorCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Text, ReadOnlyMemory<float> Vector)>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Text, ReadOnlyMemory<float> Vector)> _order = new();
    private string? _model;

    /// <summary>The vector of a request, or an empty one.</summary>
    /// <param name="model">The model that is asked for; what another one made is forgotten.</param>
    /// <param name="text">The request.</param>
    public ReadOnlyMemory<float> Find(string? model, string text)
    {
        lock (_lock)
        {
            Settle(model);
            if (!_known.TryGetValue(text, out LinkedListNode<(string Text, ReadOnlyMemory<float> Vector)>? node))
            {
                return default;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Vector;
        }
    }

    /// <summary>Keeps the vector of a request.</summary>
    /// <param name="model">The model that made it.</param>
    /// <param name="text">The request.</param>
    /// <param name="vector">Its vector.</param>
    public void Add(string? model, string text, ReadOnlyMemory<float> vector)
    {
        lock (_lock)
        {
            Settle(model);
            if (capacity == 0 || _known.ContainsKey(text))
            {
                return;
            }

            if (_known.Count == capacity)
            {
                _known.Remove(_order.Last!.Value.Text);
                _order.RemoveLast();
            }

            _known[text] = _order.AddFirst((text, vector));
        }
    }

    private void Settle(string? model)
    {
        if (model != _model)
        {
            _known.Clear();
            _order.Clear();
            _model = model;
        }
    }
}
