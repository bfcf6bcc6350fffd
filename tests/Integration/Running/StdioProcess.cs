using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Shared.Testing;

namespace Integration.Running;

/// <summary>A host over standard input and output, spoken to line by line, and all processes that it started.</summary>
internal sealed class StdioProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // A shell that starts the host with a pipe of its own and then becomes the one who holds it: the host's parent, which a test can kill.
    private const string Parent = """
        mkfifo "$0/in"
        dotnet "$@" --stdio < "$0/in" &
        echo "host $!" >&2
        exec cat > "$0/in"
        """;

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<int> _hostId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly bool _hasParent;

    private StdioProcess(ProcessStartInfo start, bool hasParent)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _hasParent = hasParent;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        if (!hasParent)
        {
            _hostId.SetResult(_process.Id);
        }
    }

    /// <summary>The host's process.</summary>
    public Task<int> HostId => _hostId.Task.WaitAsync(Patience);

    public string Errors => string.Join('\n', _errors);

    public int ExitCode => _process.ExitCode;

    public static StdioProcess Start(string folder, string program, params string[] arguments) => Start(folder, hasParent: false, program, arguments);

    public static StdioProcess Start(string folder, bool hasParent, string program, params string[] arguments)
    {
        ProcessStartInfo start = hasParent
            ? new ProcessStartInfo("sh", ["-c", Parent, folder, program, .. arguments])
            : new ProcessStartInfo("dotnet", arguments is ["ingest", ..] ? [program, .. arguments] : [program, .. arguments, "--stdio"]);
        start.WorkingDirectory = folder;
        start.Environment["CODER_URL"] = "http://127.0.0.1:9";
        start.Environment["CODER_SESSION_TOKEN"] = "a-token-of-the-test";
        start.Environment["HORREUM_BASE_URL"] = "http://127.0.0.1:9/";
        return new StdioProcess(start, hasParent);
    }

    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next line that has the text.</summary>
    public async Task<string> ReadAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The host ended before it said '{text}':\n{Errors}");
    }

    public void CloseInput() => _process.StandardInput.Close();

    public async Task SignalAsync(string signal) => await SignalAsync(signal, await HostId);

    /// <summary>Kills the one who started the host and holds its input.</summary>
    public Task KillParentAsync() => SignalAsync("KILL", _process.Id);

    /// <summary>Waits for the end of the process and tells how long it took.</summary>
    public async Task<TimeSpan> WaitForEndAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        if (_hasParent)
        {
            int host = await HostId;
            while (ProcessProbe.IsAlive(host) && watch.Elapsed < Patience)
            {
                await Task.Delay(5);
            }
        }
        else
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        return watch.Elapsed;
    }

    /// <summary>The host and everything below it.</summary>
    public async Task<IReadOnlyList<int>> FamilyAsync()
    {
        (int Id, int ParentId)[] all = [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Select(ReadStat).OfType<(int, int)>()];
        List<int> family = [await HostId];
        for (int i = 0; i < family.Count; i++)
        {
            family.AddRange(all.Where(process => process.ParentId == family[i]).Select(process => process.Id));
        }

        return family;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static (int Id, int ParentId)? ReadStat(string? id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            string[] rest = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(id!, CultureInfo.InvariantCulture), int.Parse(rest[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task SignalAsync(string signal, int id)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{id}"]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _errors.Enqueue(line);
        if (line.StartsWith("host ", StringComparison.Ordinal) && _hasParent)
        {
            _hostId.TrySetResult(int.Parse(line.AsSpan(5), CultureInfo.InvariantCulture));
        }
    }
}
