using Fleet.Metadata.Clients.Processes;

namespace Fleet.Metadata.Clients.Taskfile;

/// <summary>Runs one task of a Taskfile with the <c>task</c> program.</summary>
internal sealed class TaskCommand(ProcessRunner runner, ProcessEnvironment environment)
{
    /// <summary>True when the <c>task</c> program is on the search path.</summary>
    public bool IsAvailable => Program() is not null;

    /// <exception cref="IOException">The program is missing or cannot be started.</exception>
    public Task<ProcessOutcome> RunAsync(string taskfile, string name, IOutputSink output, CancellationToken cancellationToken)
    {
        ProcessSpec spec = new()
        {
            Program = Program() ?? throw new IOException("the task program is not installed, or not on the search path."),
            Arguments = ["--silent", "--taskfile", taskfile, name],
            WorkingDirectory = Path.GetDirectoryName(taskfile)!,
            OwnSession = true,
        };
        return runner.RunAsync(spec, output, cancellationToken);
    }

    private string? Program() => ExecutablePath.Find("task", environment.Get("PATH"));
}
