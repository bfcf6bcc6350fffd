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

        // What tells a service that systemd started it is its parent's name; that of a script is its file's.
        string parent = _folder.Combine("systemd");
        await File.WriteAllTextAsync(parent, "#!/bin/sh\ndotnet \"$@\" > log 2>&1 &\necho $!\nwait $!\n");
        File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ProcessStartInfo start = new(parent, [Programs.Optimizer, "serve", "--urls", "http://127.0.0.1:0",
            "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", _folder.Combine("optimizer.db")])
        {
            WorkingDirectory = _folder.FullPath,
            RedirectStandardOutput = true,
        };
        start.Environment["NOTIFY_SOCKET"] = path;
        using Process process = Process.Start(start)!;
        try
        {
            string service = (await process.StandardOutput.ReadLineAsync())!;
            (await ReceiveAsync(manager)).Should().Contain("READY=1");
            using Process kill = Process.Start("kill", ["-TERM", service]);
            (await ReceiveAsync(manager)).Should().Contain("STOPPING=1");
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.ExitCode.Should().Be(0, await File.ReadAllTextAsync(_folder.Combine("log")));
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
