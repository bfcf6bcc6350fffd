using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hosting.Tests;

/// <summary>The fixture host of the conformance suite as a process of its own, for what only a process shows: exit codes, signals, standard streams.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private HostProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                _errors.Enqueue(line.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "Conformance.dll");

    public IReadOnlyCollection<string> Errors => _errors;

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    public static HostProcess Start(params string[] args) => Start(new Dictionary<string, string>(), args);

    public static HostProcess Start(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TestHost.Patience);
        return _process.ExitCode;
    }

    /// <summary>The address the process says it listens on.</summary>
    public async Task<Uri> AddressAsync()
    {
        const string Announcement = "Now listening on: ";
        while (await Output.ReadLineAsync().WaitAsync(TestHost.Patience) is { } line)
        {
            int at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new Uri(line[(at + Announcement.Length)..]);
            }
        }

        throw new InvalidOperationException("The host ended: " + string.Join('\n', Errors));
    }

    /// <summary>Asks the process to stop: as a service manager does, or a closed terminal, or a person.</summary>
    public async Task TerminateAsync(string signal = "TERM")
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(TestHost.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
