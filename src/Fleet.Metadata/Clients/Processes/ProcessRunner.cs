using System.ComponentModel;
using System.Diagnostics;

namespace Fleet.Metadata.Clients.Processes;

internal sealed class ProcessRunner(IEnvironment environment, TimeProvider time) : IProcessRunner
{
    // Every process that comes from a run inherits it, wherever it moves to.
    private const string MarkerVariable = "FLEET_METADATA_RUN";
    private const int MaxErrorBytes = 4096;

    // A program that has ended may leave somebody behind who holds its output open.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(200);

    private readonly string? _sessionProgram = OperatingSystem.IsWindows() ? null : ExecutablePath.Find("setsid", environment.Get("PATH"));

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
            complete = await EndsAsync(reading).ConfigureAwait(false);
            return new ProcessOutcome(process.ExitCode, error.Text.Trim());
        }
        finally
        {
            if (spec.OwnSession)
            {
                ProcessReaper.KillGroup(process.Id);
            }

            if (!complete)
            {
                ProcessReaper.KillTree(process);
                ProcessReaper.KillMarked($"{MarkerVariable}={marker}");
                await EndsAsync(reading).ConfigureAwait(false);
            }
        }
    }

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

    private async Task<bool> EndsAsync(Task reading)
    {
        try
        {
            await reading.WaitAsync(OutputGrace, time, CancellationToken.None).ConfigureAwait(false);
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
