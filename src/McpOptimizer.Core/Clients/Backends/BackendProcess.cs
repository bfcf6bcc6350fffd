using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>A stdio server's process with everything it starts: a process group of its own where the platform has such, ended as a whole.</summary>
internal sealed partial class BackendProcess : IAsyncDisposable
{
    private const int TailLines = 20;
    private const int LongestTailLine = 500;
    private const int LongestReadLine = 4096;
    private const int ReaderStack = 256 * 1024;

    // In real time, as the program itself is: what it says of its end takes a moment longer than the end of its output.
    private static readonly TimeSpan EndPatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastWordsPatience = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Thread _errors;
    private readonly BackendSettings _settings;
    private readonly ProcessReaper _reaper;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SecretRedactor _redactor;
    private readonly string _mark;
    private readonly bool _ownGroup;
    private readonly Queue<string> _tail = new();
    private readonly Lazy<Task> _stopping;

    private BackendProcess(
        Process process, BackendEndpoint endpoint, BackendSettings settings, ProcessReaper reaper, TimeProvider clock, ILogger logger, string mark, bool ownGroup)
    {
        _process = process;
        _settings = settings;
        _reaper = reaper;
        _clock = clock;
        _logger = logger;
        _mark = mark;
        _ownGroup = ownGroup;
        _redactor = new SecretRedactor(endpoint);
        _stopping = new Lazy<Task>(() => Task.Run(StopAsync));
        Name = endpoint.ServerName;
        Id = process.Id;
        _errors = new Thread(ReadErrors, ReaderStack) { IsBackground = true, Name = "mcp-stderr " + Name };
    }

    /// <summary>The server's name.</summary>
    public string Name { get; }

    /// <summary>The process id; also that of its group where it has one.</summary>
    public int Id { get; }

    /// <summary>The server's standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The server's standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited
    {
        get
        {
            try
            {
                return _process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }

    /// <summary>How it ended and what it last wrote to its standard error, without secrets; empty while it runs.</summary>
    public string Epitaph
    {
        get
        {
            StringBuilder text = new();
            if (HasExited)
            {
                text.Append(" with exit code ").Append(ExitCode());
            }

            lock (_tail)
            {
                if (_tail.Count > 0)
                {
                    text.Append("; it last wrote: ").AppendJoin(" / ", _tail);
                }
            }

            return text.ToString();
        }
    }

    /// <summary>Starts the program an endpoint names.</summary>
    /// <exception cref="BackendException">There is no such program, or it could not be started.</exception>
    public static BackendProcess Start(BackendEndpoint endpoint, BackendSettings settings, ProcessReaper reaper, TimeProvider clock, ILogger logger)
    {
        Dictionary<string, string> environment = ProcessEnvironment.Build(endpoint, settings);
        string program = ProgramFinder.Find(endpoint.Command!, endpoint.WorkingDirectory, environment.GetValueOrDefault("PATH"))
            ?? throw new BackendException(
                endpoint.ServerName, BackendFailure.InvalidEndpoint, $"Server '{endpoint.ServerName}': the command '{endpoint.Command}' was not found. Check its entry, and that the program is installed.");
        string mark = reaper.NextMark();
        ProcessStartInfo start = new()
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = endpoint.WorkingDirectory ?? Environment.CurrentDirectory,
        };
        bool ownGroup = AddCommand(start, program, endpoint.Arguments);
        start.Environment.Clear();
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[ProcessReaper.MarkVariable] = mark;
        Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            process.Dispose();
            throw new BackendException(endpoint.ServerName, BackendFailure.InvalidEndpoint, $"Server '{endpoint.ServerName}': the command '{endpoint.Command}' could not be started: {new SecretRedactor(endpoint).Redact(e.Message)}", e);
        }

        BackendProcess started = new(process, endpoint, settings, reaper, clock, logger, mark, ownGroup);
        reaper.Add(ownGroup ? -started.Id : started.Id);
        started._errors.Start();
        _ = started.WatchAsync();
        started.LogStarted(started.Name, started.Id);
        return started;
    }

    /// <summary>Gives a program that has closed its streams a moment to end, so that the same end is always told in the same words.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool AwaitEnd()
    {
        if (!_process.WaitForExit(EndPatience))
        {
            return false;
        }

        _errors.Join(LastWordsPatience);
        return true;
    }

    /// <summary>Asks the server to end, then makes it, with everything it started.</summary>
    public async ValueTask DisposeAsync() => await _stopping.Value.ConfigureAwait(false);

    private static bool AddCommand(ProcessStartInfo start, string program, IReadOnlyList<string> arguments)
    {
        bool ownGroup = false;
        if (OperatingSystem.IsWindows() && !program.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
        {
            // Scripts such as npx.cmd need the command interpreter.
            start.FileName = "cmd.exe";
            start.ArgumentList.Add("/c");
            start.ArgumentList.Add(program);
        }
        else if (ProgramFinder.SetSid is { } setsid)
        {
            start.FileName = setsid;
            start.ArgumentList.Add(program);
            ownGroup = true;
        }
        else
        {
            start.FileName = program;
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return ownGroup;
    }

    // A server that ends by itself may leave children behind, and they may hold its output open.
    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _stopping.Value.ConfigureAwait(false);
    }

    private async Task StopAsync()
    {
        // Before anything ends: an orphan shows no more whose child it was.
        HashSet<ProcessIdentity> started = [.. ProcessSignals.DescendantsOf(Id)];
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It does not listen any more.
        }

        if (!await EndsAsync().ConfigureAwait(false))
        {
            started.UnionWith(ProcessSignals.DescendantsOf(Id));
            Signal(ProcessSignal.Terminate);
            if (!await EndsAsync().ConfigureAwait(false))
            {
                LogKilled(Name, Id);
            }
        }

        started.UnionWith(ProcessSignals.DescendantsOf(Id));
        Signal(ProcessSignal.Kill);
        foreach (ProcessIdentity process in started)
        {
            ProcessSignals.Kill(process);
        }

        await KillEscapedAsync().ConfigureAwait(false);
        _reaper.Remove(_ownGroup ? -Id : Id);
        await EndsAsync().ConfigureAwait(false);
        int exitCode = ExitCode();
        LogStopped(Name, Id, exitCode);
    }

    private async Task<bool> EndsAsync()
    {
        try
        {
            using CancellationTokenSource timeout = new(_settings.ShutdownTimeout, _clock);
            await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return HasExited;
        }
    }

    private void Signal(ProcessSignal signal)
    {
        if (_ownGroup)
        {
            ProcessSignals.Send(-Id, signal);
            return;
        }

        try
        {
            if (signal == ProcessSignal.Kill)
            {
                _process.Kill(entireProcessTree: true);
            }
            else if (!OperatingSystem.IsWindows())
            {
                ProcessSignals.Send(Id, signal);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile.
        }
    }

    // What left the group still carries the mark in its environment. A process that forks while it is looked for shows in the next round.
    private async Task KillEscapedAsync()
    {
        for (int round = 0; round < 10 && ProcessSignals.KillMarked(_mark) > 0; round++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), _clock).ConfigureAwait(false);
        }
    }

    private void ReadErrors()
    {
        try
        {
            byte[] chunk = new byte[4096];
            char[] letters = new char[chunk.Length];
            Decoder decoder = Encoding.UTF8.GetDecoder();
            StringBuilder line = new();
            Stream errors = _process.StandardError.BaseStream;
            for (int read; (read = errors.Read(chunk)) > 0;)
            {
                int decoded = decoder.GetChars(chunk.AsSpan(0, read), letters, flush: false);
                foreach (char letter in letters.AsSpan(0, decoded))
                {
                    if (letter == '\n')
                    {
                        Remember(line.ToString());
                        line.Clear();
                    }
                    else if (line.Length < LongestReadLine)
                    {
                        line.Append(letter);
                    }
                }
            }

            Remember(line.ToString());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is being closed.
        }
    }

    private void Remember(string line)
    {
        // In this order: a secret that is cut in two would not be found any more.
        string text = VisibleText.Shorten(_redactor.Redact(line.Trim()), LongestTailLine);
        if (text.Length == 0)
        {
            return;
        }

        LogStandardError(Name, text);
        lock (_tail)
        {
            _tail.Enqueue(text);
            while (_tail.Count > TailLines)
            {
                _tail.Dequeue();
            }
        }
    }

    private int ExitCode()
    {
        try
        {
            return _process.HasExited ? _process.ExitCode : -1;
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }

    [LoggerMessage(EventId = 3030, Level = LogLevel.Debug, Message = "{Server} started as process {ProcessId}.")]
    private partial void LogStarted(string server, int processId);

    [LoggerMessage(EventId = 3031, Level = LogLevel.Debug, Message = "{Server} (process {ProcessId}) ended with exit code {ExitCode}.")]
    private partial void LogStopped(string server, int processId, int exitCode);

    [LoggerMessage(EventId = 3032, Level = LogLevel.Debug, Message = "{Server} (process {ProcessId}) did not end when asked to and is killed.")]
    private partial void LogKilled(string server, int processId);

    [LoggerMessage(EventId = 3033, Level = LogLevel.Debug, Message = "{Server}: {Line}")]
    private partial void LogStandardError(string server, string line);
}
