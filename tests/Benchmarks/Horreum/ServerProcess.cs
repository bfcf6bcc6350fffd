using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks.Horreum;

/// <summary>Our server in a process of its own, as users run it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan startTime)
    {
        _process = process;
        Address = address;
        StartTime = startTime;
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    public TimeSpan StartTime { get; }

    public static async Task<ServerProcess> StartAsync(string? dll, Uri horreum, string token, CancellationToken cancellationToken)
    {
        dll ??= Path.Combine(AppContext.BaseDirectory, "..", "..", "Horreum.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "Horreum.Server.dll");
        if (!File.Exists(dll))
        {
            throw new FileNotFoundException($"Build samples/Horreum.Server in the same configuration first, or give --server: {dll}");
        }

        Uri address = new($"http://127.0.0.1:{FreePort()}");
        ProcessStartInfo start = new("dotnet", [dll]) { UseShellExecute = false };
        foreach ((string name, string value) in new Dictionary<string, string>
        {
            ["HORREUM_BASE_URL"] = horreum.AbsoluteUri,
            ["HORREUM_RATE_LIMIT"] = "100000",
            ["HTTP_MODE_ENABLED"] = "true",
            ["HTTP_HOST"] = "127.0.0.1",
            ["HTTP_PORT"] = address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["HTTP_AUTH_TOKEN"] = token,
            ["LOG_LEVEL"] = "warn",
        })
        {
            start.Environment[name] = value;
        }

        long before = Stopwatch.GetTimestamp();
        Process process = Process.Start(start)!;
        using HttpClient http = new() { BaseAddress = address };
        while (!process.HasExited)
        {
            try
            {
                if ((await http.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken)).IsSuccessStatusCode)
                {
                    return new ServerProcess(process, address, Stopwatch.GetElapsedTime(before));
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10, cancellationToken);
            }
        }

        throw new InvalidOperationException("The server ended before it answered.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
