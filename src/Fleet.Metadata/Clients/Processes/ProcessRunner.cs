using System.ComponentModel;
using System.Diagnostics;

namespace Fleet.Metadata.Clients.Processes;

internal sealed class ProcessRunner(ProcessEnvironment environment, TimeProvider time)
{
    // Every process that comes from a run inherits it, wherever it moves to.
    private const string MarkerVariable = "FLEET_METADATA_RUN";
    private const int MaxErrorBytes = 4096;

    // A program that has ended may leave somebody behind who holds its output open; on a busy machine the rest of an output may also just be late.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);

    private readonly string? _sessionProgram = OperatingSystem.IsWindows() ? null : ExecutablePath.Find("setsid", environment.Get("PATH"));

    /// <summary>Runs to the end, or until the token: then the program and what it started are killed before this throws.</summary>
    /// <exception cref="IOException">The program could not be started.</exception>
    public async Task<ProcessOutcome> RunAsync(ProcessSpec spec, IOutputSink output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string marker = Guid.NewGuid().ToString("N");
        using Process process = Start(spec, marker);
        process.StandardInput.Close();
        CapturedOutput error = new(MaxErrorBytes);
        Task reading = Task.WhenAll(PumpAsync(process.StandardOutput.BaseStream, output), PumpAsync(process.StandardError.BaseStream, error));
        bool complete = false;
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (spec.OwnSession)
            {
                ProcessReaper.KillGroup(process.Id);
            }

            if (!await EndsAsync(reading, cancellationToken).ConfigureAwait(false))
            {
                ProcessReaper.KillMarked(Marked(marker));
                await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            complete = true;
            return new ProcessOutcome(process.ExitCode, error.Text.Trim());
        }
        finally
        {
            if (!complete)
            {
                ProcessReaper.KillGroup(spec.OwnSession ? process.Id : 0);
                ProcessReaper.KillTree(process);
                ProcessReaper.KillMarked(Marked(marker));
            }
        }
    }

    private static string Marked(string marker) => $"{MarkerVariable}={marker}";

    private Process Start(ProcessSpec spec, string marker)
    {
        bool wrapped = spec.OwnSession && _sessionProgram is not null;
        ProcessStartInfo start = new(wrapped ? _sessionProgram! : spec.Program)
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (wrapped)
        {
            start.ArgumentList.Add(spec.Program);
        }

        foreach (string argument in spec.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, spec, marker);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new IOException($"{spec.Program} could not be started: {exception.Message}", exception);
        }
    }

    private static void SetEnvironment(ProcessStartInfo start, ProcessSpec spec, string marker)
    {
        if (spec.RemovedPrefix is { } prefix)
        {
            foreach (string name in start.Environment.Keys.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToArray())
            {
                start.Environment.Remove(name);
            }
        }

        foreach ((string name, string? value) in spec.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        start.Environment[MarkerVariable] = marker;
    }

    private async Task<bool> EndsAsync(Task reading, CancellationToken cancellationToken)
    {
        try
        {
            await reading.WaitAsync(OutputGrace, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task PumpAsync(Stream stream, IOutputSink sink)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                sink.Write(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The pipe was closed under us: there is no more output.
        }
    }
}
