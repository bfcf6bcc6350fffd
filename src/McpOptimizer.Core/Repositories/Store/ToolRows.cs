using System.Data.Common;
using System.Runtime.InteropServices;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>
/// Reads the rows of one statement. Vectors of many rows share an array so large that the collector does not move it: of a large catalogue they are
/// most of what is read, and are needed until the index has its own.
/// </summary>
internal sealed class ToolRows
{
    private const int VectorsOfAnArray = 128;

    private float[] _vectors = [];
    private int _used;
    private int _rows;
    private string? _serverId;
    private string? _model;

    public StoredTool Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        ServerId = Shared(ref _serverId, row.Text(1)),
        Name = row.TextOrNull(2) ?? "",
        Details = row.Utf8(3),
        Embedding = row.IsDBNull(4) ? default : Keep(row.GetFieldValue<byte[]>(4)),
        EmbeddingModel = row.IsDBNull(5) ? null : Shared(ref _model, row.Text(5)),
        ContentHash = row.TextOrNull(6),
        TokenCount = row.GetInt32(7),
    };

    // Rows come by server, and most of one model.
    private static string Shared(ref string? last, string text) => last == text ? last : last = text;

    private ReadOnlyMemory<float> Keep(byte[] blob)
    {
        ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(blob);
        if (_vectors.Length - _used < vector.Length)
        {
            // The rows of one server need no large array.
            _vectors = new float[vector.Length * Math.Min(VectorsOfAnArray, 1 << Math.Min(_rows, 7))];
            _used = 0;
        }

        _rows++;
        vector.CopyTo(_vectors.AsSpan(_used));
        ReadOnlyMemory<float> kept = _vectors.AsMemory(_used, vector.Length);
        _used += vector.Length;
        return kept;
    }
}
