using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Integration.Running;
using Shared.Testing;

namespace Integration;

/// <summary>Under systemd (<c>Type=notify</c>) the server says when it is ready and when it stops.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Systemd_IsToldOfStartAndStop()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string path = _folder.Combine("notify");
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(path));

        // systemd says to its child which process it started.
        ProcessStartInfo start = new("sh", ["-c", "export SYSTEMD_EXEC_PID=$$; exec dotnet \"$@\"", "sh", Programs.Optimizer, "serve", "--urls", "http://127.0.0.1:0",
            "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", _folder.Combine("optimizer.db")])
        {
            WorkingDirectory = _folder.FullPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NOTIFY_SOCKET"] = path;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            (await ReceiveAsync(manager)).Should().Contain("READY=1");
            using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            (await ReceiveAsync(manager)).Should().Contain("STOPPING=1");
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.ExitCode.Should().Be(0, $"{await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[1024];
        using CancellationTokenSource limit = new(Patience);
        int length = await socket.ReceiveAsync(buffer, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
