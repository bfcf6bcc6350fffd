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

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="behind">Address or program of the server that it hands calls to; null to answer them itself.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<EchoHostProcess> StartAsync(string? behind = null, CancellationToken cancellationToken = default)
    {
        string[] arguments = [typeof(EchoHost).Assembly.Location, "hosting", "serve", .. behind is null ? (string[])[] : [behind]];
        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true };
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
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
