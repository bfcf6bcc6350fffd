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
    private (byte[] Bytes, string Text) _serverId;
    private (byte[] Bytes, string Text) _model;

    public StoredTool Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        ServerId = row.SharedText(1, ref _serverId),
        Name = row.TextOrNull(2) ?? "",
        Details = row.Utf8(3),
        Embedding = row.IsDBNull(4) ? default : Keep(row.Bytes(4)),
        EmbeddingModel = row.IsDBNull(5) ? null : row.SharedText(5, ref _model),
        ContentHash = row.TextOrNull(6),
        TokenCount = row.GetInt32(7),
    };

    private ReadOnlyMemory<float> Keep(ReadOnlySpan<byte> blob)
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
