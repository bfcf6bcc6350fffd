using System.Diagnostics;
using System.Text.Json;

namespace Benchmarks.Overhead;

/// <summary>The sample host as its users run it, over a servers file, in a process and a folder of its own.</summary>
internal sealed class OptimizerServer : IDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private readonly long[] _log;

    private OptimizerServer(DirectoryInfo folder, Process process, Uri address, long[] log)
    {
        _log = log;
        _folder = folder;
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>What it has written to its log so far, in bytes.</summary>
    public long LogBytes => Interlocked.Read(ref _log[0]);

    /// <summary>Size of the database with its write-ahead log, in bytes.</summary>
    public long StoreBytes => _folder.EnumerateFiles("optimizer.db*").Sum(file => file.Length);

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="servers">Entries of <c>mcpServers</c> by name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<OptimizerServer> StartAsync(IReadOnlyDictionary<string, object> servers, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("overhead-");
        string file = await WriteAsync(folder, servers, cancellationToken);
        ProcessStartInfo start = OptimizerProcess.StartInfo(
            folder.FullName, ["serve", "--urls", "http://127.0.0.1:0", "--db", Path.Combine(folder.FullName, "optimizer.db"), "--servers", file]);
        Process process = Process.Start(start)!;
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        long[] log = [0];
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new OptimizerServer(folder, process, await address.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken), log);

        void Take(string? line)
        {
            Interlocked.Add(ref log[0], line is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(line) + 1);
            int at = line?.IndexOf(Announcement, StringComparison.Ordinal) ?? -1;
            if (at >= 0)
            {
                address.TrySetResult(new Uri(line![(at + Announcement.Length)..]));
            }
        }
    }

    /// <summary>Writes the servers file anew, as somebody who edits it does.</summary>
    public Task EditAsync(IReadOnlyDictionary<string, object> servers, CancellationToken cancellationToken) => WriteAsync(_folder, servers, cancellationToken);

    private static async Task<string> WriteAsync(DirectoryInfo folder, IReadOnlyDictionary<string, object> servers, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder.FullName, "servers.json");
        string next = file + ".next";
        await File.WriteAllTextAsync(next, JsonSerializer.Serialize(new { mcpServers = servers }), cancellationToken);
        File.Move(next, file, overwrite: true);
        return file;
    }

    /// <summary>Where a program of this build is.</summary>
    public static string ProgramOf(string name) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, name + ".dll"));

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
