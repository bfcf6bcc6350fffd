using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Integration.Running;

/// <summary>The sample server as its users run it: a process.</summary>
public sealed partial class OptimizerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // It listens when what is stored is loaded, and that may be a million tools; an early end is noticed at once.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OptimizerProcess(Process process)
    {
        Process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The server ended before it listened:\n" + Log));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The program: an assembly, or an executable as it is installed.</summary>
    public static string Program { get; set; } = Programs.Optimizer;

    public Process Process { get; }

    public string Log => string.Join('\n', _log);

    /// <summary>Starts <c>serve</c> on a free port and waits until it listens.</summary>
    public static Task<(OptimizerProcess Server, Uri Address)> ServeAsync(string folder, params string[] arguments) => ServeAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>The same with further environment variables.</summary>
    public static Task<(OptimizerProcess Server, Uri Address)> ServeAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartAsync(folder, environment, ["serve", "--urls", "http://127.0.0.1:0", "--db", Path.Combine(folder, "optimizer.db"), .. arguments]);

    /// <summary>Starts with just these arguments and waits until it listens.</summary>
    public static async Task<(OptimizerProcess Server, Uri Address)> StartAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = StartInfo(folder, arguments);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        OptimizerProcess server = new(new Process { StartInfo = start });
        return (server, await server._address.Task.WaitAsync(StartPatience));
    }

    /// <summary>Runs a command that tells an address to open, opens it, and waits for the command's end.</summary>
    public static async Task<RunResult> RunWithBrowserAsync(string folder, params string[] arguments)
    {
        using Process process = Process.Start(StartInfo(folder, arguments))!;
        using CancellationTokenSource limit = new(Patience);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        List<string> lines = [];
        using HttpClient browser = new();
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("http", StringComparison.Ordinal))
            {
                await browser.GetStringAsync(new Uri(line), limit.Token);
            }
        }

        await process.WaitForExitAsync(limit.Token);
        return new RunResult(process.ExitCode, string.Join('\n', lines), await error);
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<RunResult> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        RunAsync(folder, environment, input: null, arguments);

    /// <summary>The same with a line on standard input.</summary>
    public static async Task<RunResult> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment, string? input, string[] arguments)
    {
        ProcessStartInfo start = StartInfo(folder, arguments);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(Patience);
        if (input is not null)
        {
            await process.StandardInput.WriteLineAsync(input);
            process.StandardInput.Close();
        }

        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new RunResult(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    /// <summary>How a program, <see cref="Program"/> unless another is named, is started with some arguments.</summary>
    public static ProcessStartInfo StartInfo(string folder, IEnumerable<string> arguments, string? program = null)
    {
        string path = program ?? Program;
        ProcessStartInfo start = path.EndsWith(".dll", StringComparison.Ordinal) ? new("dotnet", [path, .. arguments]) : new(path, arguments);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.WorkingDirectory = folder;
        return start;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
