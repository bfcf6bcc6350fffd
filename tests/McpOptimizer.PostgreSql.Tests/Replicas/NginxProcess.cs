using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shared.Conventions;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>Debian's nginx with the configuration that docs/deploy/nginx.conf shows, on addresses of this test.</summary>
internal sealed class NginxProcess : IAsyncDisposable
{
    private static readonly string? Program = new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx" }.FirstOrDefault(File.Exists);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private NginxProcess(DirectoryInfo folder, Process process, Uri address)
    {
        _folder = folder;
        _process = process;
        Address = address;
    }

    /// <summary>Whether the program is here.</summary>
    public static bool IsInstalled => Program is not null;

    /// <summary>Where clients go.</summary>
    public Uri Address { get; }

    /// <summary>A port that nobody has at the moment.</summary>
    public static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Starts it before replicas on these ports of this machine.</summary>
    public static async Task<NginxProcess> StartAsync(params int[] ports)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nginx");
        folder.CreateSubdirectory("run");
        int own = FreePort();
        string text = await File.ReadAllTextAsync(Path.Combine(SourceConvention.RepositoryRoot(), "docs", "deploy", "nginx.conf"));
        for (int i = 0; i < 3; i++)
        {
            string line = $"server replica-{(i + 1).ToString(CultureInfo.InvariantCulture)}:9900 max_fails=1 fail_timeout=3s;";
            text = text.Replace(line, i < ports.Length ? line.Replace($"replica-{(i + 1).ToString(CultureInfo.InvariantCulture)}:9900", $"127.0.0.1:{ports[i].ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal) : "", StringComparison.Ordinal);
        }

        text = text.Replace("listen 9900;", $"listen 127.0.0.1:{own.ToString(CultureInfo.InvariantCulture)};", StringComparison.Ordinal).Replace("worker_processes auto;", "worker_processes 1;\ndaemon off;", StringComparison.Ordinal);
        string file = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(file, text);
        Process process = Process.Start(new ProcessStartInfo(Program!, ["-p", folder.FullName, "-c", file]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        NginxProcess nginx = new(folder, process, new Uri($"http://127.0.0.1:{own.ToString(CultureInfo.InvariantCulture)}"));
        await nginx.WaitAsync();
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task WaitAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            using TcpClient client = new();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Address.Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && watch.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(20);
            }
        }
    }
}
