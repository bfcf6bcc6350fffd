using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Benchmarks.Large;
using Evaluation;
using Microsoft.Data.Sqlite;

namespace Benchmarks.Stores;

/// <summary>What two versions of the program store of the same servers: the rows and columns that both have, compared byte for byte.</summary>
internal sealed class StoreComparison : IBenchmark
{
    private const int MostShown = 5;

    // What both versions write by their own choice: keys, times, and how they were told of a server.
    private static readonly string[] Own = ["id", "mcpserver_id", "last_updated", "created_at", "url", "workload_identifier", "source"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public string Name => "store-comparison";

    public string Description => "what another version of the program and this one store of the same servers --set DIR --before PROGRAM";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        string before = Path.GetFullPath(args[Array.IndexOf(args, "--before") + 1]);
        EvaluationTool[][] servers = [.. EvaluationSet.LoadTools(args[Array.IndexOf(args, "--set") + 1]).GroupBy(tool => tool.Server).Select(tools => tools.DistinctBy(tool => tool.Name).ToArray())];
        await using CatalogueHost host = await CatalogueHost.StartAsync(server => servers[server].Select(Definition));
        int tools = servers.Sum(server => server.Length);
        Dictionary<string, Dictionary<string, object>> old = await StoreAsync(before, host.ServersFile(servers.Length), tools, cancellationToken);
        Dictionary<string, Dictionary<string, object>> now = await StoreAsync(OptimizerProcess.Program, host.ServersFile(servers.Length), tools, cancellationToken);
        Tell(old, now);
        return 0;
    }

    private static ReadOnlyMemory<byte> Definition(EvaluationTool tool)
    {
        JsonObject definition = new() { ["name"] = tool.Name };
        if (tool.Title is { } title)
        {
            definition["title"] = title;
        }

        if (tool.Description is { } description)
        {
            definition["description"] = description;
        }

        definition["inputSchema"] = tool.InputSchema?.DeepClone() ?? new JsonObject { ["type"] = "object" };
        return Encoding.UTF8.GetBytes(definition.ToJsonString());
    }

    /// <summary>Runs a program until it stored all that the servers list, and reads its tables: the columns of each row by table and names.</summary>
    private static async Task<Dictionary<string, Dictionary<string, object>>> StoreAsync(string program, string servers, int tools, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("store-comparison");
        try
        {
            string file = Path.Combine(folder.FullName, "servers.json");
            await File.WriteAllTextAsync(file, servers, cancellationToken);
            string database = Path.Combine(folder.FullName, "optimizer.db");
            ProcessStartInfo start = OptimizerProcess.StartInfo(folder.FullName, ["serve", "--urls", "http://127.0.0.1:0", "--db", database, "--servers", file], program);
            using Process process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            try
            {
                long began = Stopwatch.GetTimestamp();
                while (Count(database) < tools)
                {
                    if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                    {
                        throw new InvalidOperationException($"{program} stored {Count(database)} of {tools} tools.");
                    }

                    await Task.Delay(Look, cancellationToken);
                }
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(cancellationToken);
            }

            return Read(database);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SqliteConnection Open(string database)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static int Count(string database)
    {
        if (!File.Exists(database))
        {
            return 0;
        }

        try
        {
            using SqliteConnection connection = Open(database);
            using SqliteCommand command = new("SELECT count(*) FROM tools_workload", connection);
            return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (SqliteException)
        {
            // It makes its tables, or writes just now.
            return 0;
        }
    }

    private static Dictionary<string, Dictionary<string, object>> Read(string database)
    {
        Dictionary<string, Dictionary<string, object>> rows = [];
        using SqliteConnection connection = Open(database);
        foreach ((string table, string query) in ((string, string)[])
            [
                ("mcpservers_workload", "SELECT name AS row_key, * FROM mcpservers_workload"),
                ("tools_workload", "SELECT s.name || '/' || t.name AS row_key, t.* FROM tools_workload t JOIN mcpservers_workload s ON s.id = t.mcpserver_id"),
            ])
        {
            using SqliteCommand command = new(query, connection);
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                Dictionary<string, object> columns = [];
                for (int column = 1; column < reader.FieldCount; column++)
                {
                    columns[reader.GetName(column)] = reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(column);
                }

                if (columns.TryGetValue("details", out object? details))
                {
                    // However its characters are escaped.
                    columns["details, as values"] = JsonNode.Parse((string)details)!.ToJsonString();
                }

                rows[$"{table}\n{reader.GetString(0)}"] = columns;
            }
        }

        return rows;
    }

    private static void Tell(Dictionary<string, Dictionary<string, object>> before, Dictionary<string, Dictionary<string, object>> now)
    {
        string[] both = [.. before.Keys.Where(now.ContainsKey)];
        Console.WriteLine($"rows before {before.Count}, now {now.Count}, in both {both.Length}");
        Console.WriteLine("| table, column | rows | the same | differ |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (IGrouping<string, string> table in both.GroupBy(key => key.Split('\n')[0]))
        {
            Dictionary<string, object> sample = before[table.First()];
            foreach (string column in sample.Keys.Where(column => now[table.First()].ContainsKey(column) && !Own.Contains(column)))
            {
                string[] differ = [.. table.Where(key => !Equals(before[key][column], now[key][column]))];
                Console.WriteLine($"| {table.Key}, {column} | {table.Count()} | {table.Count() - differ.Length} | {differ.Length} |");
                foreach (string key in differ.Take(MostShown))
                {
                    Console.Error.WriteLine($"{key.Replace('\n', ' ')}, {column}: {Short(before[key][column])} → {Short(now[key][column])}");
                }
            }
        }
    }

    private static string Short(object value) => value.ToString() is { Length: > 300 } text ? text[..300] + "…" : $"{value}";
}
