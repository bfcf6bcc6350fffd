using System.Collections.Concurrent;
using System.Diagnostics;
using ModelContextProtocol.Client;
using Shared.Backends;
using Shared.Testing;
using Xunit.Abstractions;

namespace Faults;

/// <summary>The server as a process that may have few open files, before many servers.</summary>
public sealed class DescriptorTests(ITestOutputHelper output) : IDisposable
{
    private const int Files = 600;
    private const int Servers = 150;
    private const int Clients = 20;
    private const string Announcement = "Now listening on: ";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_FewFilesAndManyServers_ListenerAndStoreKeepTheirs()
    {
        if (!OperatingSystem.IsLinux())
        {
            output.WriteLine("skipped: no limit that a shell could set for the whole process");
            return;
        }

        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        string file = Write(backend, Servers);
        ConcurrentQueue<string> log = new();
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using Process process = Start(file);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            Uri server = await address.Task.WaitAsync(Eventually.Patience);
            await using McpClient first = await McpClients.ConnectAsync(server);
            await first.WaitForToolsAsync(Servers * StubServer.BuiltInTools);

            McpClient[] clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => McpClients.ConnectAsync(server)));
            await Task.WhenAll(clients.Select((client, at) => client.CallAsync($"s{at}", "echo", new { text = "hello" })));
            foreach (McpClient client in clients)
            {
                await client.DisposeAsync();
            }

            Write(backend, Servers + 1);
            await first.WaitForToolsAsync((Servers + 1) * StubServer.BuiltInTools);
            process.HasExited.Should().BeFalse();
            log.Should().ContainSingle(line => line.Contains($"have {Files} open files", StringComparison.Ordinal));
            log.Should().NotContain(line => line.Contains("Too many open files", StringComparison.Ordinal) || line.Contains("could not be stored", StringComparison.Ordinal));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        void Take(string? line)
        {
            log.Enqueue(line ?? "");
            if (line?.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and int at)
            {
                address.TrySetResult(new Uri(line[(at + Announcement.Length)..]));
            }
        }
    }

    private Process Start(string file)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullPath };
        foreach (string part in (string[])
        [
            "-c", $"ulimit -n {Files}; exec dotnet \"$@\"", "sh", Programs.Optimizer, "serve", "--urls", "http://127.0.0.1:0", "--servers", file, "--db", _folder.Combine("optimizer.db"),
        ])
        {
            start.ArgumentList.Add(part);
        }

        return Process.Start(start)!;
    }

    private string Write(StubHttpBackend backend, int count)
    {
        string path = _folder.Combine("servers.json");
        string next = path + ".next";
        File.WriteAllText(next, $"{{ \"mcpServers\": {{ {string.Join(", ", Enumerable.Range(0, count).Select(i => $"\"s{i}\": {{ \"url\": \"{backend.Url}\" }}"))} }} }}");
        File.Move(next, path, overwrite: true);
        return path;
    }
}
