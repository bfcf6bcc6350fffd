using System.Diagnostics;

namespace Benchmarks.Hosting;

/// <summary>Starts the server and knows its address and the processor time it has used.</summary>
internal sealed class EchoHostProcess : IDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly Process _process;

    private EchoHostProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<EchoHostProcess> StartAsync(CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("dotnet", [typeof(EchoHost).Assembly.Location, "hosting", "serve"]) { RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            int at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new EchoHostProcess(process, new Uri(line[(at + Announcement.Length)..]));
            }
        }

        throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
