using System.Diagnostics;
using System.Text.Json;

namespace Benchmarks.Overhead;

/// <summary>The sample host as its users run it, over a servers file, in a process and a folder of its own.</summary>
internal sealed class OptimizerServer : IDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private OptimizerServer(DirectoryInfo folder, Process process, Uri address)
    {
        _folder = folder;
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

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
        string file = Path.Combine(folder.FullName, "servers.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { mcpServers = servers }), cancellationToken);
        ProcessStartInfo start = new("dotnet", [ProgramOf("McpOptimizer.Server"), "serve", "--urls", "http://127.0.0.1:0", "--db", Path.Combine(folder.FullName, "optimizer.db"), "--servers", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        Process process = Process.Start(start)!;
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new OptimizerServer(folder, process, await address.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken));

        void Take(string? line)
        {
            int at = line?.IndexOf(Announcement, StringComparison.Ordinal) ?? -1;
            if (at >= 0)
            {
                address.TrySetResult(new Uri(line![(at + Announcement.Length)..]));
            }
        }
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
