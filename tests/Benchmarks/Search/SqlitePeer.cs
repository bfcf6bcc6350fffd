using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using McpOptimizer.Core.Models;
using Microsoft.Data.Sqlite;

namespace Benchmarks.Search;

/// <summary>The usual way to do the same: an FTS5 table for the words, and a table of vectors that is read in full for every query.</summary>
internal sealed class SqlitePeer : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqlitePeer(IEnumerable<ServerDocument> servers)
    {
        SQLitePCL.Batteries_V2.Init();
        _connection.Open();
        Execute("CREATE VIRTUAL TABLE words USING fts5(server, name, description, tokenize='porter'); CREATE TABLE vectors(id INTEGER PRIMARY KEY, vector BLOB NOT NULL)");
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using SqliteCommand word = _connection.CreateCommand();
        word.CommandText = "INSERT INTO words(rowid, server, name, description) VALUES($id, $server, $name, $description)";
        using SqliteCommand vector = _connection.CreateCommand();
        vector.CommandText = "INSERT INTO vectors VALUES($id, $vector)";
        long id = 0;
        foreach (ServerDocument server in servers)
        {
            foreach (ToolDocument tool in server.Tools)
            {
                id++;
                word.Parameters.Clear();
                word.Parameters.AddWithValue("$id", id);
                word.Parameters.AddWithValue("$server", server.Name);
                word.Parameters.AddWithValue("$name", tool.Name);
                word.Parameters.AddWithValue("$description", tool.Description);
                word.ExecuteNonQuery();
                vector.Parameters.Clear();
                vector.Parameters.AddWithValue("$id", id);
                vector.Parameters.AddWithValue("$vector", MemoryMarshal.AsBytes(tool.Embedding.Span).ToArray());
                vector.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    public int Find(string query, float[] vector, int limit)
    {
        using SqliteCommand words = _connection.CreateCommand();
        words.CommandText = "SELECT rowid FROM words WHERE words MATCH $query ORDER BY rank LIMIT $limit";
        string[] quoted = [.. query.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")];
        words.Parameters.AddWithValue("$query", string.Join(" OR ", quoted));
        words.Parameters.AddWithValue("$limit", limit);
        HashSet<long> found = [];
        using (SqliteDataReader reader = words.ExecuteReader())
        {
            while (reader.Read())
            {
                found.Add(reader.GetInt64(0));
            }
        }

        PriorityQueue<long, float> nearest = new();
        using SqliteCommand vectors = _connection.CreateCommand();
        vectors.CommandText = "SELECT id, vector FROM vectors";
        byte[] bytes = new byte[vector.Length * sizeof(float)];
        using (SqliteDataReader reader = vectors.ExecuteReader())
        {
            while (reader.Read())
            {
                reader.GetBytes(1, 0, bytes, 0, bytes.Length);
                nearest.Enqueue(reader.GetInt64(0), TensorPrimitives.Dot(MemoryMarshal.Cast<byte, float>(bytes), vector));
                if (nearest.Count > limit)
                {
                    nearest.Dequeue();
                }
            }
        }

        found.UnionWith(nearest.UnorderedItems.Select(item => item.Element));
        return found.Count;
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
