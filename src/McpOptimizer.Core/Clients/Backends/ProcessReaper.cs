using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Ends the stdio servers when this process dies without doing it itself, by <c>kill -9</c> for example. A small shell process is told
/// every group over its standard input; when that input ends, because the host is gone, it ends the groups and whatever carries the host's mark.
/// Needs <c>sh</c>; without it servers are left to notice that their input ended.
/// </summary>
internal sealed partial class ProcessReaper(ILogger<ProcessReaper> logger) : IDisposable
{
    /// <summary>Environment variable by which all descendants of a server are known.</summary>
    public const string MarkVariable = "MCP_OPTIMIZER_MARK";

    private const string Script = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        cd /
        targets=
        while read -r verb target; do
          case $verb in
            add) targets="$targets $target" ;;
            del) kept=
              for each in $targets; do
                [ "$each" = "$target" ] || kept="$kept $each"
              done
              targets=$kept ;;
          esac
        done
        [ -n "$targets" ] || exit 0
        for each in $targets; do kill -TERM -- "$each"; done
        sleep 1
        for each in $targets; do kill -KILL -- "$each"; done
        for file in /proc/[0-9]*/environ; do
          if grep -q "MCP_OPTIMIZER_MARK=$1" "$file"; then
            id=${file#/proc/}
            kill -KILL "${id%/environ}"
          fi
        done
        """;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _targets = [];
    private readonly string _host = Guid.NewGuid().ToString("N");
    private Process? _watcher;
    private int _marks;
    private bool _disposed;

    /// <summary>A mark for one more server.</summary>
    public string NextMark() => string.Create(CultureInfo.InvariantCulture, $"{_host}.{Interlocked.Increment(ref _marks)}");

    /// <summary>The process that watches, for tests; null when none runs.</summary>
    public int? WatcherId
    {
        get
        {
            lock (_gate)
            {
                return _watcher?.Id;
            }
        }
    }

    /// <summary>From now on a target is ended with this process.</summary>
    /// <param name="target">A process id, or the negative id of a group.</param>
    public void Add(int target)
    {
        lock (_gate)
        {
            _targets.Add(target);
            // Its exit may not have been noticed yet; a pipe that nobody reads tells at once.
            if (_watcher is not { HasExited: false } || !TryTell("add", target))
            {
                StartWatcher();
            }
        }
    }

    /// <summary>A target has ended.</summary>
    public void Remove(int target)
    {
        lock (_gate)
        {
            if (_targets.Remove(target))
            {
                TryTell("del", target);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            EndWatcher();
        }
    }

    private void StartWatcher()
    {
        EndWatcher();
        if (_disposed || OperatingSystem.IsWindows() || ProgramFinder.Shell is not { } shell)
        {
            return;
        }

        ProcessStartInfo start = new() { FileName = ProgramFinder.SetSid ?? shell, UseShellExecute = false, RedirectStandardInput = true };
        if (ProgramFinder.SetSid is not null)
        {
            start.ArgumentList.Add(shell);
        }

        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script.ReplaceLineEndings("\n"));
        start.ArgumentList.Add("mcp-reaper");
        start.ArgumentList.Add(_host);
        try
        {
            _watcher = Process.Start(start);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            LogNoWatcher(e.Message);
            return;
        }

        foreach (int target in _targets)
        {
            TryTell("add", target);
        }
    }

    private bool TryTell(string verb, int target)
    {
        try
        {
            if (_watcher is { } watcher)
            {
                watcher.StandardInput.Write(string.Create(CultureInfo.InvariantCulture, $"{verb} {target}\n"));
                watcher.StandardInput.Flush();
            }

            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The next server that starts starts the watcher again.
            LogNoWatcher(e.Message);
            return false;
        }
    }

    private void EndWatcher()
    {
        if (_watcher is not { } watcher)
        {
            return;
        }

        _watcher = null;
        try
        {
            watcher.StandardInput.Dispose();
            watcher.Dispose();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    [LoggerMessage(EventId = 3040, Level = LogLevel.Warning, Message = "Servers may outlive a crash of this process: {Reason}")]
    private partial void LogNoWatcher(string reason);
}
